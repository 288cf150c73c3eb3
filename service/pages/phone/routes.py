"""Every page of the telephone, for the application to serve."""

from litestar.types import ControllerRouterHandler

from service.pages.phone.absence_pages import declare_absence, declare_wish, show_absences, withdraw_own
from service.pages.phone.attendance_pages import answer_question, ask_in_detail, show_questions
from service.pages.phone.morning_pages import (
    ask_how_late,
    ask_replacement,
    ask_to_call_off,
    call_off_today,
    keep_replacement,
    note_late,
)
from service.pages.phone.next_date_pages import ask_next_date, fix_next_date
from service.pages.phone.reminder_pages import show_reminders, tick_reminder
from service.pages.phone.share_pages import show_my_share
from service.pages.phone.told_pages import show_who_to_tell, tick_told
from service.pages.phone.week_pages import show_my_week

PHONE_PAGES: tuple[ControllerRouterHandler, ...] = (
    show_my_week,
    ask_to_call_off,
    call_off_today,
    ask_how_late,
    note_late,
    ask_replacement,
    keep_replacement,
    show_who_to_tell,
    tick_told,
    show_questions,
    ask_in_detail,
    answer_question,
    ask_next_date,
    fix_next_date,
    show_reminders,
    tick_reminder,
    show_absences,
    declare_absence,
    declare_wish,
    withdraw_own,
    show_my_share,
)
