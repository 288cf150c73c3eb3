"""What can go wrong between the coordination and a site."""

from service.errors import BadInput, Conflict


class NoAddress(BadInput):
    """The site has no address to write to."""

    code = "no-address"
    title = "Ce lieu n’a pas d’adresse de courriel"


class NothingToAsk(Conflict):
    """Nothing is proposed at that site in that month."""

    code = "nothing-to-ask"
    title = "Rien n’est proposé à ce lieu ce mois-là"
