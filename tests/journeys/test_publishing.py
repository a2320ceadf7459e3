"""A site for everybody, written by itself."""

from tests.journeys.office import Office
from tests.journeys.serving import PATIENCE, Served, wait_until
from tests.published import faults_of, words_of


def test_what_is_recorded_stands_on_the_site_and_the_command_line_writes_the_same(
    empty_office: Office,
) -> None:
    office = empty_office
    office.load_example()
    site, by_hand = office.folder / "site", office.folder / "by hand"
    served = Served(office).start(RECBOT_PUBLISH_DIR=str(site))
    try:
        office.slack.wait_until_connected(PATIENCE)
        wait_until((site / "index.html").exists, PATIENCE)
        assert "Stalking: all 43 accepted; none complete; due in 17 days." in words_of(site, "index.html")
        office.cora.types("/recs complete 15 kent: all of it")
        complete = "specialist services for victims 43 of 43 1 of 43"
        wait_until(lambda: complete in words_of(site, "index.html"), PATIENCE)
        assert "recbot_publishing_failed 0" in served.get("/metrics")[1]
    finally:
        served.stop()
    assert "all of it" not in words_of(site, "bodies/kent.html")
    assert faults_of(site) == []
    written = office.run("publish", str(by_hand))
    assert (written.returncode, written.stderr) == (0, "")
    assert (by_hand / "index.html").read_bytes() == (site / "index.html").read_bytes()
    ticked = office.run("tick", RECBOT_PUBLISH_DIR=str(by_hand))
    assert ticked.returncode == 0
