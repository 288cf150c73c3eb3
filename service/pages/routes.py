"""Every page, for the application to serve."""

from litestar.types import ControllerRouterHandler

from service.pages.account_settings import ACCOUNT_PAGES
from service.pages.administration.accounts import ACCOUNTS_PAGES
from service.pages.administration.addresses import ADDRESS_PAGES
from service.pages.administration.journal import JOURNAL_PAGES
from service.pages.administration.lifetimes import LIFETIMES_PAGES
from service.pages.administration.works import WORKS_PAGES
from service.pages.agenda_pages import AGENDA_PAGES
from service.pages.busy_pages import BUSY_PAGES
from service.pages.calling_off import CALLING_OFF
from service.pages.elsewhere import move_elsewhere, show_elsewhere
from service.pages.fact_forms import (
    ask_change,
    ask_new,
    keep_change,
    keep_new,
    put_back,
    show_preview,
    take_away,
)
from service.pages.facts_pages import (
    show_participants,
    show_partners,
    show_people,
    show_promotions,
    show_sites,
)
from service.pages.figures.handlers import FIGURE_PAGES
from service.pages.generation import (
    ask_to_generate,
    generate,
    show_progress,
    stop_generation,
    stream_progress,
)
from service.pages.month_board import go_home, go_to_month, show_month
from service.pages.moves import (
    ask_reassign,
    ask_remove,
    begin_draft,
    drop,
    keep_reassign,
    list_places,
    pin,
    show_detail,
    show_keys,
    take_off,
    undo,
    weigh_move,
)
from service.pages.new_territory import ask_territory, keep_territory
from service.pages.partner.pages import PARTNER_PAGES
from service.pages.person.handlers import PERSON_PAGES
from service.pages.person.path_pages import PATH_PAGES
from service.pages.phone.routes import PHONE_PAGES
from service.pages.placing import add, ask_to_add, show_where
from service.pages.presence import tell_presence
from service.pages.provider_sign_in import PROVIDER_PAGES
from service.pages.publishing import ask_to_publish, publish, show_comparison
from service.pages.repairing import apply_repair, show_left_out, show_repairs, show_why, try_repair
from service.pages.replacing import replace_freed, show_replacing
from service.pages.session_state import tell_session_state
from service.pages.sheets import (
    export_month,
    print_board,
    print_day,
    print_my_day,
    print_permanences,
    print_presences,
    print_sign_in,
)
from service.pages.sign_in import SIGN_IN_PAGES
from service.pages.site.pages import SITE_PAGES
from service.pages.so_far import show_so_far
from service.pages.static_files import static_file
from service.pages.supposing.handlers import SUPPOSING_PAGES
from service.pages.why_here import show_why_here

PAGES: tuple[ControllerRouterHandler, ...] = (
    static_file,
    tell_session_state,
    *SIGN_IN_PAGES,
    *PROVIDER_PAGES,
    *ACCOUNT_PAGES,
    *PERSON_PAGES,
    *PATH_PAGES,
    *ACCOUNTS_PAGES,
    *JOURNAL_PAGES,
    *LIFETIMES_PAGES,
    *WORKS_PAGES,
    *ADDRESS_PAGES,
    *PARTNER_PAGES,
    *SITE_PAGES,
    go_home,
    go_to_month,
    show_month,
    print_board,
    print_presences,
    print_permanences,
    print_sign_in,
    print_day,
    print_my_day,
    export_month,
    ask_territory,
    keep_territory,
    *FIGURE_PAGES,
    show_sites,
    show_people,
    show_promotions,
    show_participants,
    show_partners,
    ask_new,
    keep_new,
    ask_change,
    keep_change,
    put_back,
    show_preview,
    take_away,
    ask_to_generate,
    generate,
    show_progress,
    stream_progress,
    stop_generation,
    show_so_far,
    show_comparison,
    ask_to_publish,
    publish,
    show_detail,
    list_places,
    weigh_move,
    drop,
    pin,
    ask_reassign,
    keep_reassign,
    ask_remove,
    take_off,
    undo,
    begin_draft,
    show_keys,
    show_why,
    show_left_out,
    show_repairs,
    try_repair,
    apply_repair,
    show_where,
    show_why_here,
    tell_presence,
    show_elsewhere,
    move_elsewhere,
    ask_to_add,
    add,
    *CALLING_OFF,
    show_replacing,
    replace_freed,
    *SUPPOSING_PAGES,
    *AGENDA_PAGES,
    *BUSY_PAGES,
    *PHONE_PAGES,
)
