"""What `bin/inventory` writes in the documentation, and how it compares."""

import inventory
import pytest

LAYERS = {
    "ground_a": (0, ()),
    "form": (1, ()),
    "request": (1, ("form",)),
    "alone": (1, ()),
    "page": (2, ()),
}
SUMMARIES = dict.fromkeys(LAYERS, "Something")


def test_the_map_goes_up_from_the_ground():
    drawn = inventory.draw_map(LAYERS, SUMMARIES)
    names = [line.split("`")[1] for line in drawn.splitlines()]
    assert names == ["ground_a", "alone", "form", "request", "page"]


def test_the_picture_says_who_depends_on_whom():
    assert inventory.draw_picture(LAYERS, SUMMARIES).splitlines() == [
        "L2 pages       page",
        "L1 frameworks  form <- request",
        "               alone",
        "L0 ground      ground_a",
    ]


def test_the_models_of_all_addons_are_one_table(tmp_path):
    for addon, row in (
        ("b", "b.mine,·,RW,b/tests/test_b.py"),
        ("a", "c.one,R,R,a/tests/test_c.py"),
    ):
        path = tmp_path / "addons" / addon / "tests" / "models.csv"
        path.parent.mkdir(parents=True)
        path.write_text(f"model,visitor,agent,test\n{row}\n")
    assert inventory.draw_models(tmp_path).splitlines() == [
        "| `b.mine` | · | RW | `b/tests/test_b.py` |",
        "| `c.one` | R | R | `a/tests/test_c.py` |",
    ]


def test_a_file_is_said_then_written(tmp_path, capsys):
    old, new, gone, same = (tmp_path / name for name in ("old", "new", "gone", "same"))
    for path in (old, gone, same):
        path.write_text("a\n")
    files = {old: "b\n", new: "c\n", gone: None, same: "a\n"}
    assert not inventory.settle(files, write=False, root=tmp_path)
    said = capsys.readouterr().out
    assert all(line in said for line in ("+++ old", "-a", "+b", "+++ new", "+c", "+++ gone"))
    assert "same" not in said
    assert old.read_text() == "a\n"
    assert not new.exists()
    assert inventory.settle(files, write=True, root=tmp_path)
    assert (old.read_text(), new.read_text(), gone.exists()) == ("b\n", "c\n", False)
    assert inventory.settle(files, write=False, root=tmp_path)


@pytest.mark.sweep("services")
def test_the_documentation_is_as_the_code_says():
    files = inventory.make_documents()
    assert [path.name for path, text in files.items() if path.read_text() != text] == [], (
        "bin/inventory --write"
    )


def test_the_documentation_has_what_is_replaced():
    """Where a table or the picture is renamed, nothing would be written, and nobody told."""
    written = (inventory.MAP, inventory.PICTURE, inventory.MODELS)
    for path in inventory.make_documents():
        assert any(each.search(path.read_text()) for each in written)
