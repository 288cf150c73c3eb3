"""Every page of partners, for the application to serve."""

from service.pages.partner.enrolling import enrol, unlink
from service.pages.partner.figures import show_filling
from service.pages.partner.helping import show_help
from service.pages.partner.mailbox import MAILBOX_PAGES
from service.pages.partner.orientations import (
    ask_to_cancel,
    ask_to_move,
    do_cancel,
    do_move,
    print_slip,
    show_orientation,
    show_orientations,
)
from service.pages.partner.orienting import (
    ask_to_orient,
    ask_to_overbook,
    ask_to_wait,
    confirm_orientation,
    join_list,
    overbook,
    take_another,
)
from service.pages.partner.places import give_back, print_places, say_nothing_fits, show_places, take_hold
from service.pages.partner.rules import ask_rules, keep_rules

PARTNER_PAGES = (
    *MAILBOX_PAGES,
    show_places,
    print_places,
    take_hold,
    give_back,
    say_nothing_fits,
    ask_to_orient,
    confirm_orientation,
    take_another,
    ask_to_wait,
    join_list,
    ask_to_overbook,
    overbook,
    show_orientations,
    show_orientation,
    print_slip,
    ask_to_move,
    do_move,
    ask_to_cancel,
    do_cancel,
    enrol,
    unlink,
    show_filling,
    show_help,
    ask_rules,
    keep_rules,
)
