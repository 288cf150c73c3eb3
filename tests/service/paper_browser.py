"""A browser as poor as can be: it knows links and forms, and what is written on them. No script, no style, no memory but cookies."""

import httpx

from tests.pages.html_forms import Form, PageReader, read_page


class PaperBrowser:
    """Reads one page after the other; follows redirects like any browser."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client = client
        self.answer = httpx.Response(200)
        self.page = PageReader("/")

    @property
    def words(self) -> str:
        return self.page.text

    async def open(self, address: str) -> None:
        await self._show(await self._client.get(address))

    async def follow(self, words: str) -> None:
        """The first link on which these words stand."""
        await self.open(next(address for said, address in self.page.said if words in said))

    async def press(self, words: str, answers: dict[str, str] | None = None) -> None:
        """The first button with these words, its form filled by what stands on the labels; "" ticks a choice."""
        form, button = next(
            (form, button) for form in self.page.forms for button in form.buttons if words in button.words
        )
        fields = self._filled(form, answers or {})
        if button.name:
            fields[button.name] = [button.value]
        if form.method == "get":
            await self._show(await self._client.get(form.action, params=fields))
        else:
            await self._show(await self._client.post(form.action, data=fields))

    @staticmethod
    def _filled(form: Form, answers: dict[str, str]) -> dict[str, list[str]]:
        filled = form.sends()
        for words, answer in answers.items():
            field = next(one for one in form.fields if words in one.words)
            filled[field.name] = [answer or field.value]
        return filled

    async def _show(self, answer: httpx.Response) -> None:
        while answer.is_redirect:
            answer = await self._client.get(answer.headers["location"])
        html = answer.text if "html" in answer.headers["content-type"] else ""
        self.answer, self.page = answer, read_page(answer.url.raw_path.decode(), html)
