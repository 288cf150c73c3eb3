"""Every page about a site's month, for the application to serve."""

from service.pages.site.by_link import (
    export_sent_list,
    keep_site_answers,
    print_sent_list,
    show_access_list,
    show_proposals,
)
from service.pages.site.month import (
    ask_for_dates,
    export_list,
    note_answers,
    print_list,
    send_list,
    show_site_month,
)

SITE_PAGES = (
    show_site_month,
    ask_for_dates,
    note_answers,
    send_list,
    print_list,
    export_list,
    show_proposals,
    keep_site_answers,
    show_access_list,
    print_sent_list,
    export_sent_list,
)
