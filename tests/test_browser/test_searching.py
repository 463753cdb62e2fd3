"""The search: box and suggestions, chips, the filter panel, what is found, what is not, and the way back."""

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Locator, Page, Route, expect

from tests.test_browser.site import PHOTOS, Site
from tests.test_browser.test_every_page import LOOKS, assert_accessible
from tests.test_browser.timeline_page import cell, has_photos, link, select
from tests.test_browser.watched import expect_wrong

SUMMER, BERLIN, ANIMATED = 6, 13, 1
GOLDEN_RETRIEVER = 207  # of ImageNet
PHONE = LOOKS["phone"]


def box(page: Page) -> Locator:
    return page.get_by_role("combobox", name="Search")


def option(page: Page, name: str) -> Locator:
    return page.get_by_role("listbox", name="Suggestions").get_by_role("option", name=name)


def remover(page: Page, name: str) -> Locator:
    """What takes a chip out of the search box."""
    return page.get_by_role("search").get_by_role("link", name=f"Remove {name}", exact=True)


def panel(page: Page) -> Locator:
    return page.get_by_role("complementary", name="Filters")


def search(page: Page, text: str) -> None:
    box(page).fill(text)
    box(page).press("Enter")


def asked(page: Page) -> str:
    """The search in the address."""
    return parse_qs(urlsplit(page.url).query).get("q", [""])[0]


def mark(page: Page) -> None:
    """Leaves a mark that a reload would remove."""
    page.evaluate("() => { window.isSamePage = true; }")


def assert_not_reloaded(page: Page) -> None:
    assert page.evaluate("() => window.isSamePage === true")


class TestBox:
    def test_what_is_understood_becomes_chips(self, page: Page) -> None:
        mark(page)
        search(page, "2010 canon unlikely")
        expect(remover(page, "2010")).to_be_visible()
        expect(remover(page, "Canon EOS 6D")).to_be_visible()
        expect(box(page)).to_have_value("unlikely")
        assert asked(page) == "2010 canon unlikely"
        assert_not_reloaded(page)

    def test_a_chip_that_is_removed_widens_the_search(self, open_as: Callable[..., Page]) -> None:
        page = open_as("admin", "/library/browse?q=2010+canon")
        has_photos(page, SUMMER)
        remover(page, "2010").click()
        has_photos(page, SUMMER + BERLIN)
        assert asked(page) == "canon"

    def test_typing_shows_suggestions_and_choosing_one_searches(self, page: Page) -> None:
        box(page).press_sequentially("berl")
        expect(option(page, "Berlin").first).to_be_visible()
        expect(box(page)).to_have_attribute("aria-expanded", "true")
        option(page, "Berlin").first.click()
        expect(remover(page, "Berlin")).to_be_visible()
        has_photos(page, SUMMER + BERLIN)
        expect(page.get_by_role("listbox", name="Suggestions")).to_be_hidden()

    def test_a_filter_that_is_chosen_waits_for_its_value(self, page: Page) -> None:
        box(page).press_sequentially("camer")
        option(page, "camera:").click()
        expect(box(page)).to_have_value("camera:")
        option(page, "Canon EOS 6D").click()
        expect(remover(page, "Canon EOS 6D")).to_be_visible()
        has_photos(page, SUMMER + BERLIN)

    def test_keys_alone_search_refine_and_take_back(self, page: Page) -> None:
        link(page, 1).wait_for()
        page.keyboard.press("/")
        expect(box(page)).to_be_focused()
        page.keyboard.type("germ")
        expect(option(page, "Germany")).to_be_visible()
        page.keyboard.press("ArrowDown")
        expect(option(page, "Germany")).to_have_attribute("aria-selected", "true")
        expect(box(page)).to_have_attribute("aria-activedescendant", option(page, "Germany").get_attribute("id") or "")
        page.keyboard.press("Enter")
        expect(remover(page, "Germany")).to_be_visible()
        has_photos(page, SUMMER + BERLIN)
        page.keyboard.type("2010")
        page.keyboard.press("Enter")
        has_photos(page, SUMMER)
        page.keyboard.press("Backspace")
        expect(remover(page, "2010")).to_have_count(0)
        has_photos(page, SUMMER + BERLIN)

    def test_escape_closes_the_list_then_clears_what_is_typed(self, page: Page) -> None:
        box(page).press_sequentially("berl")
        expect(option(page, "Berlin").first).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.get_by_role("listbox", name="Suggestions")).to_be_hidden()
        expect(box(page)).to_have_value("berl")
        page.keyboard.press("Escape")
        expect(box(page)).to_have_value("")

    def test_an_answer_that_comes_late_is_not_shown(self, page: Page) -> None:
        held: list[Route] = []
        page.route("**/search/suggest?q=berl&*", lambda route: held.append(route))
        with page.expect_request("**/search/suggest?q=berl&*"):
            box(page).fill("berl")
        box(page).fill("germ")
        expect(option(page, "Germany")).to_be_visible()
        for route in held:
            route.continue_()
        expect(option(page, "Berlin")).to_have_count(0)
        expect(option(page, "Germany")).to_be_visible()

    def test_letters_typed_quickly_are_one_question(self, page: Page) -> None:
        questions: list[str] = []
        page.on("request", lambda request: "/search/suggest?q=g" in request.url and questions.append(request.url))
        box(page).focus()
        with page.expect_response("**/search/suggest?q=germany&*"):
            # All letters in one moment: keys that are sent one by one come as slowly as the machine is busy.
            box(page).evaluate(
                """(input) => {
                  for (const letter of 'germany') {
                    input.value += letter;
                    input.dispatchEvent(new Event('input', { bubbles: true }));
                  }
                }"""
            )
        assert len(questions) == 1

    def test_a_search_from_another_page_leads_to_the_photos(self, open_as: Callable[..., Page]) -> None:
        page = open_as("admin", "/library/settings")
        search(page, "2010")
        has_photos(page, SUMMER)
        expect(remover(page, "2010")).to_be_visible()

    def test_clear_shows_everything_again(self, open_as: Callable[..., Page]) -> None:
        page = open_as("admin", "/library/browse?q=2010")
        has_photos(page, SUMMER)
        page.get_by_role("search").get_by_role("link", name="Clear search").click()
        has_photos(page, PHOTOS)
        assert urlsplit(page.url).query == ""

    def test_the_box_works_without_script(self, open_as: Callable[..., Page]) -> None:
        page = open_as("admin", "/library/browse?q=2010+unlikely", java_script_enabled=False)
        page.get_by_role("link", name="Remove 2010").click()
        expect(page.get_by_role("textbox", name="Search")).to_have_value("unlikely")
        page.get_by_role("textbox", name="Search").fill("2011")
        page.get_by_role("textbox", name="Search").press("Enter")
        expect(page.get_by_role("link", name="Remove 2011")).to_be_visible()


class TestRecentSearches:
    def test_a_search_is_offered_again_and_can_be_forgotten(self, page: Page) -> None:
        search(page, "2010 canon")
        has_photos(page, SUMMER)
        page.get_by_role("search").get_by_role("link", name="Clear search").click()
        expect(option(page, "2010 canon")).to_be_visible()
        page.get_by_role("button", name="Clear recent searches").click()
        expect(option(page, "2010 canon")).to_have_count(0)

    def test_nothing_is_left_of_them_after_signing_out(self, page: Page) -> None:
        search(page, "2010")
        has_photos(page, SUMMER)
        page.get_by_role("button", name="Account: admin").click()
        page.get_by_role("button", name="Sign out").click()
        page.get_by_label("Password").first.wait_for()
        assert page.evaluate("() => Object.keys(localStorage).filter((key) => key.includes('search'))") == []


class TestHistory:
    def test_back_and_forward_lead_through_searches_without_a_reload(self, page: Page) -> None:
        link(page, 1).wait_for()
        mark(page)
        search(page, "2010")
        has_photos(page, SUMMER)
        search(page, "name:IMG_00")
        has_photos(page, 1)
        page.go_back()
        has_photos(page, SUMMER)
        expect(remover(page, "2010")).to_be_visible()
        page.go_back()
        has_photos(page, PHOTOS)
        expect(remover(page, "2010")).to_have_count(0)
        page.go_forward()
        has_photos(page, SUMMER)
        assert_not_reloaded(page)

    def test_one_comes_back_to_where_one_was(self, open_as: Callable[..., Page]) -> None:
        page = open_as("admin", viewport={"width": 700, "height": 400})
        link(page, 1).focus()
        page.keyboard.press("End")
        expect(link(page, PHOTOS)).to_be_in_viewport()
        page.wait_for_function("() => history.state?.place > 5")
        search(page, "2010")
        has_photos(page, SUMMER)
        assert page.evaluate("() => scrollY") == 0
        page.go_back()
        has_photos(page, PHOTOS)
        page.wait_for_function("() => scrollY > 300")

    def test_the_viewer_opens_and_closes_within_a_search(self, open_as: Callable[..., Page]) -> None:
        page = open_as("admin", "/library/browse?q=2010")
        link(page, 2).click()
        expect(page.get_by_role("dialog", name="Viewer")).to_be_visible()
        page.go_back()
        expect(page.get_by_role("dialog", name="Viewer")).to_have_count(0)
        has_photos(page, SUMMER)

    def test_a_selection_does_not_outlive_its_search(self, page: Page) -> None:
        select(page, 1, 2)
        page.evaluate(
            "() => document.dispatchEvent(new CustomEvent('search', {detail: {query: '2010'}, cancelable: true}))"
        )
        has_photos(page, SUMMER)
        expect(page.locator(".pick[aria-pressed=true]")).to_have_count(0)


class TestResults:
    def test_the_head_counts_the_photos_and_the_title_names_the_search(self, page: Page) -> None:
        search(page, "2010")
        expect(page.get_by_role("heading", name="6 photos")).to_be_visible()
        expect(page).to_have_title("Search for “2010” · Photoprism Site")
        expect(page.locator("#told")).to_have_text("6 photos")

    def test_photos_can_say_why_they_were_found(self, open_as: Callable[..., Page]) -> None:
        page = open_as("admin", "/library/browse?q=berlin+canon")
        has_photos(page, SUMMER + BERLIN)
        page.get_by_role("button", name="Show why").click()
        expect(page.locator(".cell .why").first).to_contain_text("Berlin")
        assert urlsplit(page.url).query.endswith("&why")
        page.get_by_role("button", name="Show why").click()
        expect(page.locator(".cell .why")).to_have_count(0)

    def test_a_search_is_kept_as_a_smart_album_and_offered_again(self, open_as: Callable[..., Page]) -> None:
        page = open_as("admin", "/library/browse?q=2010+canon")
        has_photos(page, SUMMER)
        page.get_by_role("button", name="Save as smart album").click()
        page.get_by_role("dialog").get_by_label("Title").fill("Best of summer")
        page.get_by_role("dialog").get_by_role("button", name="Save").click()
        expect(page.get_by_text("Saved as “Best of summer”")).to_be_visible()
        page.get_by_role("search").get_by_role("link", name="Clear search").click()
        option(page, "Best of summer Saved").click()
        has_photos(page, SUMMER)
        assert asked(page) == "2010 canon"

    def test_months_of_few_photos_share_a_line(self, open_as: Callable[..., Page]) -> None:
        page = open_as("admin", "/library/browse?q=name:large+%7C+name:IMG_00")
        has_photos(page, 3)
        first, second = (page.get_by_role("heading", name=name).bounding_box() for name in ("May 2011", "August 2010"))
        assert first and second
        assert first["y"] == second["y"]
        assert first["x"] < second["x"]

    def test_an_unknown_filter_is_told_with_what_was_meant(self, page: Page) -> None:
        expect_wrong(page, "400")
        search(page, "contry:de 2010")
        expect(page.get_by_role("heading", name="This search is not understood")).to_be_visible()
        expect(page.locator("[data-reason]:visible")).to_contain_text("There is no filter “contry”")
        expect(box(page)).to_have_value("contry:de 2010")
        page.get_by_role("button", name="Search for “country:de 2010”").click()
        has_photos(page, SUMMER)
        expect(remover(page, "Germany")).to_be_visible()

    def test_a_bad_value_is_told(self, open_as: Callable[..., Page]) -> None:
        page = open_as("admin", "/library/browse?q=iso:much", expects=("400",))
        expect(page.locator("[data-reason]:visible")).to_contain_text("“iso:much” is not a number")

    def test_what_finds_nothing_shows_what_each_part_takes_away(self, page: Page) -> None:
        search(page, "2010 unicorn")
        expect(page.get_by_role("heading", name="Nothing for “unicorn” with 2010")).to_be_visible()
        ways = page.get_by_role("main").get_by_role("listitem")
        expect(ways.filter(has_text="unicorn")).to_contain_text("6 photos without it")
        ways.filter(has_text="unicorn").get_by_role("link").click()
        has_photos(page, SUMMER)
        assert asked(page) == "2010"

    def test_one_word_that_finds_nothing_says_so_and_clear_leads_back(self, page: Page) -> None:
        search(page, "unicorn")
        expect(page.get_by_role("heading", name="Nothing for “unicorn”")).to_be_visible()
        page.get_by_role("main").get_by_role("link", name="Clear search").click()
        has_photos(page, PHOTOS)

    def test_a_search_within_a_view_stays_there_until_it_is_widened(self, open_as: Callable[..., Page]) -> None:
        page = open_as("admin", "/library/favorites?q=2010")
        expect(page.get_by_role("heading", name="Nothing for 2010")).to_be_visible()
        page.get_by_role("link", name="Favourites", exact=True).and_(page.locator("#found a")).click()
        has_photos(page, SUMMER)


class TestPanel:
    def test_a_filter_of_the_panel_stands_in_the_address_and_narrows(self, page: Page) -> None:
        page.get_by_role("button", name="Filters").click()
        panel(page).get_by_role("button", name="GIF").click()
        has_photos(page, ANIMATED)
        expect(panel(page).get_by_role("button", name="GIF")).to_have_attribute("aria-pressed", "true")
        assert urlsplit(page.url).query == "q=type:animated&panel"
        panel(page).get_by_role("button", name="GIF").click()
        has_photos(page, PHOTOS)

    def test_the_panel_shows_what_words_ask_for(self, open_as: Callable[..., Page]) -> None:
        page = open_as("admin", "/library/browse?q=germany+2010&panel")
        expect(panel(page).get_by_role("button", name="Germany")).to_have_attribute("aria-pressed", "true")
        expect(panel(page).get_by_label("Year")).to_have_value("2010")
        panel(page).get_by_role("button", name="Germany").click()
        expect(remover(page, "Germany")).to_have_count(0)
        assert asked(page) == "2010"

    def test_clicks_in_a_row_all_count(self, open_as: Callable[..., Page]) -> None:
        page = open_as("admin", "/library/browse?panel")
        for name in ("Red", "Blue", "Green"):
            panel(page).get_by_role("button", name=name, exact=True).click()
        expect(panel(page).get_by_role("button", name="Green", exact=True)).to_have_attribute("aria-pressed", "true")
        assert asked(page) == "color:red|blue|green"

    def test_a_range_of_dates(self, open_as: Callable[..., Page]) -> None:
        page = open_as("admin", "/library/browse?panel")
        panel(page).get_by_label("From").fill("2010-01-01")
        has_photos(page, SUMMER + BERLIN + ANIMATED)
        panel(page).get_by_label("To").fill("2010-12-31")
        has_photos(page, SUMMER)
        assert asked(page) == "after:2010-01-01 before:2010-12-31"
        panel(page).get_by_label("Year").select_option("2011")
        has_photos(page, BERLIN)
        assert asked(page) == "year:2011"
        expect(panel(page).get_by_label("From")).to_have_value("")

    def test_fields_keep_what_is_put_in_until_the_search_is_understood(self, open_as: Callable[..., Page]) -> None:
        page = open_as("admin", "/library/browse?panel")
        held: list[Route] = []
        page.route("**/search/understand?*", lambda route: route.continue_() if held else held.append(route))
        panel(page).get_by_label("From").fill("2010-01-01")
        expect(page.locator("#told")).to_have_text(f"{PHOTOS} photos")
        expect(panel(page).get_by_label("From")).to_have_value("2010-01-01")
        panel(page).get_by_label("To").fill("2010-12-31")
        held[0].continue_()
        has_photos(page, SUMMER)
        assert asked(page) == "after:2010-01-01 before:2010-12-31"

    def test_a_city_is_found_by_its_first_letters(self, open_as: Callable[..., Page]) -> None:
        page = open_as("admin", "/library/browse?panel")
        field = panel(page).get_by_label("City, region or place")
        field.press_sequentially("ber")
        expect(panel(page).locator("datalist option").first).to_have_attribute("value", "Berlin")
        field.fill("Berlin")
        field.press("Enter")
        has_photos(page, SUMMER + BERLIN)
        assert asked(page) == "place:Berlin"

    def test_camera_and_rating(self, open_as: Callable[..., Page]) -> None:
        page = open_as("admin", "/library/browse?panel")
        panel(page).get_by_label("Camera").select_option("Canon EOS 6D")
        has_photos(page, SUMMER + BERLIN)
        panel(page).get_by_role("button", name="4 stars or more").click()
        expect(page.get_by_role("heading", name="Nothing for")).to_be_visible()
        assert asked(page) == 'camera:"Canon EOS 6D" rating:4'
        panel(page).get_by_role("button", name="4 stars or more").click()
        has_photos(page, SUMMER + BERLIN)

    def test_the_button_opens_and_closes_it_in_the_address(self, page: Page) -> None:
        page.get_by_role("button", name="Filters").click()
        expect(panel(page)).to_be_visible()
        assert urlsplit(page.url).query == "panel"
        page.reload()
        expect(panel(page)).to_be_visible()
        page.get_by_role("button", name="Filters").click()
        expect(panel(page)).to_be_hidden()
        assert urlsplit(page.url).query == ""

    def test_what_is_not_understood_cannot_be_narrowed(self, open_as: Callable[..., Page]) -> None:
        page = open_as("admin", "/library/browse?q=contry:de&panel", expects=("400",))
        expect(page.locator(".filter-sections")).to_have_js_property("inert", True)


class TestPhone:
    def test_the_panel_is_a_sheet_over_the_photos(self, open_as: Callable[..., Page]) -> None:
        page = open_as("admin", **PHONE)
        page.get_by_role("button", name="Filters").tap()
        sheet = page.get_by_role("dialog", name="Filters")
        sheet.get_by_label("Year").select_option("2010")
        sheet.get_by_role("button", name="Show 6 photos").tap()
        expect(sheet).to_be_hidden()
        has_photos(page, SUMMER)
        assert urlsplit(page.url).query == "q=year:2010"

    def test_suggestions_fill_the_screen_and_back_leaves_them(self, open_as: Callable[..., Page]) -> None:
        page = open_as("admin", **PHONE)
        box(page).tap()
        box(page).press_sequentially("germ")
        expect(option(page, "Germany")).to_be_visible()
        size = option(page, "Germany").bounding_box()
        assert size
        assert size["height"] >= 44
        page.get_by_role("search").get_by_role("button", name="Back").tap()
        expect(page.get_by_role("listbox", name="Suggestions")).to_be_hidden()

    def test_choosing_puts_the_keyboard_away(self, open_as: Callable[..., Page]) -> None:
        page = open_as("admin", **PHONE)
        box(page).tap()
        box(page).press_sequentially("germ")
        option(page, "Germany").tap()
        has_photos(page, SUMMER + BERLIN)
        expect(box(page)).not_to_be_focused()


class TestSoundness:
    def test_list_and_panel_keep_nobody_out(self, open_as: Callable[..., Page]) -> None:
        for look in ("light", "dark", "rtl"):
            page = open_as("admin", "/library/browse?q=germany&panel&why", **LOOKS[look])
            page.locator(".filter-sections .swatch").first.wait_for()
            page.locator(".cell .why").first.wait_for()
            assert_accessible(page)
            page.locator("#search-words").press_sequentially("20")
            page.locator(".suggest [role=option]").nth(1).wait_for()
            assert_accessible(page)

    def test_the_sheet_keeps_nobody_out(self, open_as: Callable[..., Page]) -> None:
        page = open_as("admin", "/library/browse?q=germany&panel", **PHONE)
        page.get_by_role("dialog", name="Filters").locator(".swatch").first.wait_for()
        assert_accessible(page)

    def test_nothing_found_keeps_nobody_out(self, open_as: Callable[..., Page]) -> None:
        page = open_as("admin", "/library/browse?q=germany+unicorn+2010", color_scheme="dark")
        page.locator(".ways li").first.wait_for()
        assert_accessible(page)


class TestMeaning:
    def test_what_looks_like_a_word_is_found_the_best_first_and_by_date_on_demand(
        self, site: Site, open_as: Callable[..., Page]
    ) -> None:
        site.show("summer/IMG_00.jpg", {GOLDEN_RETRIEVER: 0.9})
        site.show("berlin/IMG_03.jpg", {GOLDEN_RETRIEVER: 0.4})
        page = open_as("admin", "/library/browse")
        mark(page)
        search(page, "puppy")
        has_photos(page, 2)
        expect(remover(page, "Looks like puppy")).to_be_visible()
        expect(page.get_by_role("heading", name="Best matches")).to_be_visible()
        page.get_by_role("button", name="Show why").click()
        expect(cell(page, 1)).to_contain_text("Golden retriever 90 %")
        best = page.get_by_role("button", name="Best matches first")
        expect(best).to_have_attribute("aria-pressed", "true")
        best.click()
        expect(best).to_have_attribute("aria-pressed", "false")
        expect(page.get_by_role("heading", name="May 2011")).to_be_visible()
        expect(cell(page, 1)).to_contain_text("Golden retriever 40 %")
        page.go_back()
        expect(page.get_by_role("heading", name="Best matches")).to_be_visible()
        assert_not_reloaded(page)
        remover(page, "Looks like puppy").click()
        expect(best).to_be_hidden()

    def test_the_best_matches_are_accessible_and_open_in_their_order(
        self, site: Site, open_as: Callable[..., Page]
    ) -> None:
        site.show("summer/IMG_00.jpg", {GOLDEN_RETRIEVER: 0.9})
        site.show("berlin/IMG_03.jpg", {GOLDEN_RETRIEVER: 0.4})
        page = open_as("admin", "/library/browse?q=meaning:puppy&why")
        expect(cell(page, 2)).to_contain_text("Golden retriever 40 %")
        assert_accessible(page)
        link(page, 1).click()
        page.locator(".pswp--ui-visible").wait_for()
        page.keyboard.press("ArrowRight")
        page.keyboard.press("Escape")
        expect(link(page, 2)).to_be_focused()
