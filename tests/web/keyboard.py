"""Somebody who has a keyboard and nothing else, before a page without scripts, 320 pixels wide."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from playwright.async_api import Browser, Locator, Page

MOST_TABS = 300
_FOCUSED = "one => one === document.activeElement"


@dataclass(slots=True)
class Keyboard:
    """A person at a page; `page` for what a test wants to look at."""

    page: Page
    address: str

    async def go(self, path: str) -> None:
        """Open an address."""
        await self.page.goto(f"{self.address}{path}")

    async def reach(self, control: Locator) -> None:
        """Press Tab until the control has the focus. Fails when Tab never comes to it."""
        for _ in range(MOST_TABS):
            if await control.evaluate(_FOCUSED):
                return
            await self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab never reaches {control}")

    async def press(self, name: str, *, role: Any = "button") -> None:
        """Reach the control of that name, and press Enter; waits for the page that comes."""
        await self.reach(self.page.get_by_role(role, name=name).first)
        async with self.page.expect_navigation():
            await self.page.keyboard.press("Enter")

    async def follow(self, name: str) -> None:
        """Follow a link."""
        await self.press(name, role="link")

    async def write(self, name: str, text: str) -> None:
        """Write in the field of that name, over what it held."""
        field = self.page.locator(f'[name="{name}"]').first
        await self.reach(field)
        await self.page.keyboard.press("Control+A")
        await self.page.keyboard.type(text)
        assert await field.input_value() == text, f"{name} does not keep what is typed"

    async def choose(self, name: str, value: str) -> None:
        """Choose one of several: arrows move in a group of radio buttons, and in a list."""
        chosen = self.page.locator(f'[name="{name}"][value="{value}"]').first
        group = self.page.locator(f'[name="{name}"]')
        for _ in range(MOST_TABS):
            if await self.page.evaluate("name => document.activeElement.name === name", name):
                break
            await self.page.keyboard.press("Tab")
        await self.page.keyboard.press("Space")
        for _ in range(await group.count()):
            if await chosen.is_checked():
                return
            await self.page.keyboard.press("ArrowDown")
        assert await chosen.is_checked(), f"arrows never choose {value} of {name}"

    async def pick(self, name: str, value: str) -> None:
        """Pick in a list."""
        listed = self.page.locator(f'select[name="{name}"]')
        await self.reach(listed)
        for _ in range(await listed.locator("option").count()):
            if await listed.input_value() == value:
                return
            await self.page.keyboard.press("ArrowDown")
        assert await listed.input_value() == value

    async def tick(self, name: str, value: str = "") -> None:
        """Tick a box that is not ticked yet."""
        box = self.page.locator(f'[name="{name}"]' + (f'[value="{value}"]' if value else "")).first
        await self.reach(box)
        if not await box.is_checked():
            await self.page.keyboard.press("Space")

    async def answer(self, answers: Mapping[str, Any], holder: str) -> None:
        """Answer the questions of a page that are on it now, in their order."""
        for name, value in leaves(answers, holder):
            await self._answer(name, value)

    async def _answer(self, name: str, value: Any) -> None:
        page = self.page
        if isinstance(value, bool):
            if await page.locator(f'[name="{name}"][type=radio]').count():
                await self.choose(name, str(value).lower())
            elif value and await page.locator(f'[name="{name}"]').count():
                await self.tick(name)
        elif await page.locator(f'[name="{name}"][type=radio]').count():
            await self.choose(name, str(value))
        elif await page.locator(f'[name="{name}"][type=checkbox][value="{value}"]').count():
            await self.tick(name, str(value))
        elif await page.locator(f'select[name="{name}"]').count():
            await self.pick(name, str(value))
        elif await page.locator(f'[name="{name}.day"]').count():
            day = date.fromisoformat(value)
            for part, said in (("day", day.day), ("month", day.month), ("year", day.year)):
                await self.write(f"{name}.{part}", str(said))
        elif await page.locator(f'[name="{name}"]').count():
            await self.write(name, str(value))


def leaves(answers: Any, holder: str) -> Iterator[tuple[str, Any]]:
    """Each answer and the name of its field; choices of several answers come one by one."""
    if isinstance(answers, Mapping):
        for name, value in answers.items():
            yield from leaves(value, f"{holder}.{name}".lstrip("."))
    elif isinstance(answers, list):
        for rank, value in enumerate(answers):
            yield from leaves(value, f"{holder}.{rank}") if isinstance(value, Mapping) else [(holder, value)]
    else:
        yield holder, answers


async def at_keyboard(browser: Browser, address: str, *, width: int = 320) -> Keyboard:
    """A new browser, of the width of an old telephone, where no script runs."""
    context = await browser.new_context(viewport={"width": width, "height": 640}, java_script_enabled=False)
    return Keyboard(await context.new_page(), address)
