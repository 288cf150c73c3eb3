"""The calendars people have: how each subscribes, what it cannot do, how late it may be."""

from urllib.parse import quote

import msgspec


class Device(msgspec.Struct, frozen=True, kw_only=True):
    """One way to read a calendar; `button` says which address it opens with: webcal, google, outlook or none.

    `own_name` is what its address is called when nothing else is typed.
    """

    code: str
    label: str
    own_name: str
    button: str
    button_words: str
    steps: tuple[str, ...]
    delay: str
    cannot: str


IPHONE = Device(
    code="iphone",
    label="iPhone ou iPad",
    own_name="mon iPhone",
    button="webcal",
    button_words="S’abonner sur cet appareil",
    steps=("Touchez le bouton, puis « S’abonner ».", "Gardez « Supprimer les alarmes », puis « Ajouter »."),
    delay="Environ une heure, plus si la batterie est faible (Réglages, Calendrier, Comptes, Récupérer).",
    cannot="L’abonnement ne vaut que pour cet appareil. Les évènements ne se modifient pas depuis le calendrier.",
)
ANDROID = Device(
    code="android",
    label="Téléphone Android, avec Google Agenda",
    own_name="mon téléphone Android",
    button="google",
    button_words="Ajouter à Google Agenda",
    steps=(
        "L’application ne sait pas s’abonner : ouvrez le bouton dans un navigateur, connecté à votre compte Google.",
        "Acceptez d’ajouter l’agenda.",
        "Sur le téléphone : Google Agenda, Paramètres, cochez l’agenda et sa synchronisation.",
    ),
    delay="De 4 à 24 heures : Google relit quand il veut, et rien ne permet de le presser.",
    cannot="Ne convient pas à un changement du jour même : regardez « Ma semaine ».",
)
ANDROID_ICSX = Device(
    code="icsx5",
    label="Téléphone Android, sans compte Google (ICSx⁵)",
    own_name="mon téléphone Android",
    button="webcal",
    button_words="S’abonner avec ICSx⁵",
    steps=(
        "Installez ICSx⁵ (gratuit).",
        "Touchez le bouton et choisissez ICSx⁵, puis un intervalle d’une heure.",
    ),
    delay="L’intervalle que vous choisissez, une heure convient.",
    cannot="Un téléphone qui économise sa batterie peut espacer les lectures.",
)
GOOGLE = Device(
    code="google",
    label="Google Agenda sur un ordinateur",
    own_name="Google Agenda",
    button="google",
    button_words="Ajouter à Google Agenda",
    steps=(
        "Ouvrez le bouton, ou : Autres agendas, +, « À partir de l’URL », collez l’adresse.",
        "L’agenda apparaît sur tous les appareils de ce compte Google.",
    ),
    delay="De 4 à 24 heures : Google relit quand il veut, et rien ne permet de le presser.",
    cannot="Ne convient pas à un changement du jour même. L’adresse doit être joignable depuis internet.",
)
OUTLOOK_WEB = Device(
    code="outlook-web",
    label="Outlook sur le web, Microsoft 365",
    own_name="Outlook",
    button="outlook",
    button_words="Ajouter à Outlook",
    steps=(
        "Ouvrez le bouton, ou : Ajouter un calendrier, « S’abonner à partir du web », collez l’adresse.",
        "Donnez-lui un nom, puis « Importer ».",
    ),
    delay="Environ 3 heures, parfois plus de 24.",
    cannot="Aucun bouton ne force la lecture. L’adresse doit être joignable depuis internet.",
)
OUTLOOK = Device(
    code="outlook",
    label="Outlook installé sur Windows",
    own_name="Outlook du bureau",
    button="webcal",
    button_words="Ouvrir dans Outlook",
    steps=(
        "Ouvrez le bouton et confirmez, ou : Paramètres du compte, Calendriers Internet, Nouveau, collez l’adresse.",
        "Décochez « limiter les mises à jour » pour suivre l’heure.",
    ),
    delay="À chaque envoi et réception, une heure le plus souvent ; rien quand Outlook est fermé.",
    cannot="Ne montre pas toujours l’agenda sur le téléphone du même compte.",
)
MAC = Device(
    code="mac",
    label="Calendrier sur un Mac",
    own_name="mon Mac",
    button="webcal",
    button_words="S’abonner sur ce Mac",
    steps=("Ouvrez le bouton, puis « S’abonner ».", "Actualisation automatique : toutes les heures. Emplacement : iCloud pour l’avoir aussi sur l’iPhone."),
    delay="L’intervalle que vous choisissez ; par défaut une semaine : changez-le.",
    cannot="Ne lit rien quand le Mac dort.",
)  # fmt: skip
THUNDERBIRD = Device(
    code="thunderbird",
    label="Thunderbird",
    own_name="Thunderbird",
    button="webcal",
    button_words="Ouvrir dans Thunderbird",
    steps=("Nouvel agenda, « Sur le réseau », collez l’adresse.", "Propriétés : actualiser toutes les 30 minutes."),
    delay="30 minutes, ou ce que vous choisissez.",
    cannot="L’agenda est désactivé quand l’adresse est retirée ici.",
)  # fmt: skip
OTHER = Device(
    code="autre",
    label="Autre agenda",
    own_name="autre agenda",
    button="webcal",
    button_words="Ouvrir dans l’agenda de cet appareil",
    steps=("Cherchez « s’abonner », « agenda Internet » ou « iCal », et collez l’adresse.",),
    delay="Selon l’agenda : de quelques minutes à un jour.",
    cannot="Un import de fichier ne suit pas les changements : il faut un abonnement.",
)
MACHINE = Device(
    code="machine",
    label="Un logiciel : temps libre seulement (libre/occupé)",
    own_name="libre/occupé",
    button="",
    button_words="",
    steps=(
        "Donnez l’adresse au logiciel : il lit les périodes libres, en temps universel, sans lieu ni texte.",
    ),
    delay="Celui du logiciel ; toutes les cinq minutes au plus vite.",
    cannot="Ne réserve pas : les places se prennent ici.",
)
DEVICES = (IPHONE, ANDROID, ANDROID_ICSX, GOOGLE, OUTLOOK_WEB, OUTLOOK, MAC, THUNDERBIRD, OTHER)


def device_named(code: str, known: tuple[Device, ...]) -> Device:
    """The one with that code."""
    return next(one for one in known if one.code == code)


def webcal(address: str) -> str:
    return "webcal:" + address.partition(":")[2]


def opening_address(device: Device, address: str, name: str) -> str:
    """What the main button opens; empty when the address can only be copied."""
    if device.button == "google":
        return f"https://calendar.google.com/calendar/r?cid={quote(webcal(address), safe='')}"
    if device.button == "outlook":
        asked = f"url={quote(address, safe='')}&name={quote(name, safe='')}"
        return f"https://outlook.office.com/calendar/0/addfromweb?{asked}"
    return webcal(address) if device.button else ""


def feed_address(root: str, token: str) -> str:
    """Where a feed is read; `root` is the service's address."""
    return f"{root}/feeds/{token}.ics"


def masked(address: str) -> str:
    """The address with all but the end of its secret hidden, for a screen that others may see."""
    place, _, name = address.rpartition("/")
    return f"{place}/{'•' * 8}{name[-7:]}"
