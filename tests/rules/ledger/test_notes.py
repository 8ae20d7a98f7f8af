"""Signed notes, checkpoints and cosignatures: known answers of others, and what is refused.

The example note, the example cosignature message and their keys are those of the C2SP
documents; the signed trees are published ones of the Go checksum database.
"""

import base64

import pytest

from minben.ledger.notes import (
    COSIGNATURE,
    Checkpoint,
    NoteFault,
    PublicKey,
    SigningKey,
    cosign,
    cosigned_at,
    open_checkpoint,
    open_note,
    sign_note,
    split_note,
    with_cosignatures,
)

C2SP_KEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
C2SP_NOTE = (
    "This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ON"
    "ncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
)
GO_KEY = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"
GO_TREES = [
    (
        65209736,
        "5+uGFjx6xBZG8ip1+wi77v+grwbhhukIrxEUS8PXvRo=",
        "Az3grnbssgK7ubgFX36gVETtNv0U23qxyAhAMai2QUfeGa3nB/akvkMdlUErfcZz7l/R3cVtYspg3dxXABkGZZKdsQ8=",
    ),
    (
        19777102,
        "+g50vJoV4VVGa6aiQF3LYGUZHEP4pvGkW38vlR7WKtU=",
        "Az3griMTLHyRzj7jMuyEt85a2JnegVME6Lx3xLEBdzTd3FMDiD5y3bHV24rcl0yijOtWxV0zyygwTdo/rnaennuoqgU=",
    ),
]
SEED = bytes(range(32))
LOG = SigningKey("example.org/ledger", 1, SEED)
WITNESS = SigningKey("witness.example/w1", COSIGNATURE, bytes(reversed(SEED)))


def tree(size: int = 3, origin: str = LOG.name, *more: str) -> str:
    return Checkpoint(origin, size, b"\7" * 32, more).text


def test_the_example_of_the_specification_is_opened() -> None:
    assert open_note(C2SP_NOTE, PublicKey.parse(C2SP_KEY)) == "This is an example message.\n"


@pytest.mark.parametrize(("size", "root", "signature"), GO_TREES)
def test_signed_trees_of_the_go_checksum_database_are_opened(
    size: int, root: str, signature: str
) -> None:
    key = PublicKey.parse(GO_KEY)
    assert str(key) == GO_KEY
    note = f"go.sum database tree\n{size}\n{root}\n\n— sum.golang.org {signature}\n"
    found = Checkpoint.parse(open_note(note, key))
    assert (found.size, base64.b64encode(found.root).decode()) == (size, root)
    with pytest.raises(NoteFault, match="false"):
        open_note(note.replace(str(size), str(size + 1)), key)


def test_keys_are_told_and_read_back() -> None:
    assert SigningKey.parse(str(LOG)) == LOG
    assert PublicKey.parse(str(LOG.public)) == LOG.public
    assert PublicKey.parse(str(WITNESS.public)).kind == COSIGNATURE
    assert SEED.hex() not in repr(LOG)
    assert base64.b64encode(b"\1" + SEED).decode() not in repr(LOG)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "name",
        "name+00000000+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
        C2SP_KEY.replace("foo", "bar"),
        C2SP_KEY[:-4],
        C2SP_KEY.replace("+Aek", "+Auk"),
        C2SP_KEY.replace("+530d903a", "+530D903A"),
        C2SP_KEY.replace("AekyeRrm", "Aeky RrM"),
        str(LOG),
    ],
)
def test_what_is_no_verifier_key(text: str) -> None:
    with pytest.raises(NoteFault):
        PublicKey.parse(text)


@pytest.mark.parametrize(
    "text",
    ["", "PRIVATE+KEY+", "PRIVATE+KEY+a+b", str(LOG.public), str(LOG).replace("KEY+e", "KEY+f")],
)
def test_what_is_no_signing_key(text: str) -> None:
    with pytest.raises(NoteFault):
        SigningKey.parse(text)
    for name in ("", "a b", "a+b", "a\u3000b"):
        with pytest.raises(NoteFault):
            SigningKey.generate(name)


def test_a_note_signed_here_opens_here() -> None:
    note = sign_note(tree(), LOG)
    assert open_checkpoint(note, LOG.public) == Checkpoint.parse(tree())
    with pytest.raises(NoteFault, match="newline"):
        sign_note("no newline", LOG)


def test_signatures_of_others_are_passed_over_and_a_false_one_is_not() -> None:
    note = sign_note(tree(), LOG)
    other = SigningKey("other.example", 1, bytes(32))
    foreign = sign_note(tree(), other).rpartition("\n\n")[2]
    assert open_note(note + foreign, LOG.public) == tree()
    with pytest.raises(NoteFault, match="not signed"):
        open_note(sign_note(tree(), other), LOG.public)
    false = sign_note(tree(4), LOG).rpartition("\n\n")[2]
    with pytest.raises(NoteFault, match="false"):
        open_note(note + false, LOG.public)


def test_a_checkpoint_of_another_log_is_refused() -> None:
    with pytest.raises(NoteFault, match="signed by"):
        open_checkpoint(sign_note(tree(3, "elsewhere.example"), LOG), LOG.public)


@pytest.mark.parametrize(
    "note",
    [
        "",
        "text\n",
        "text\n\n",
        "text\n\n— name\n",
        "text\n\n— name AAAA\n",
        "text\n\n- name AAAAAAAA\n",
        "text\n\n— name AAAAAAAA",
        "text\n\n— na+me AAAAAAAA\n",
        "te\0xt\n\n— name AAAAAAAA\n",
        "te\rxt\n\n— name AAAAAAAA\n",
        "text\n\n" + "— name AAAAAAAA\n" * 1000,
    ],
)
def test_what_is_no_note(note: str) -> None:
    with pytest.raises(NoteFault):
        split_note(note)


ROOT = base64.b64encode(bytes(32)).decode()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "origin\n3\n",
        f"origin\n03\n{ROOT}\n",
        f"origin\n-3\n{ROOT}\n",
        f"origin\n٣\n{ROOT}\n",
        f"origin\n{'9' * 20}\n{ROOT}\n",
        f"origin\n{'9' * 5000}\n{ROOT}\n",
        f"origin\n3\n{ROOT[:-4]}\n",
        f"origin\n3\n{ROOT[:-2]}B=\n",
        f"origin\n3\n{ROOT}\n\nmore\n",
        f"origin\n3\n{ROOT}",
        f"\n3\n{ROOT}\n",
    ],
)
def test_what_is_no_checkpoint(text: str) -> None:
    with pytest.raises(NoteFault):
        Checkpoint.parse(text)


def test_a_checkpoint_tells_when_it_was_signed() -> None:
    assert Checkpoint.parse(tree(3, LOG.name, "at 2026-03-02T02:00:00Z", "sandbox")).at == (
        "2026-03-02T02:00:00Z"
    )
    assert Checkpoint.parse(tree()).at == ""


def test_the_message_of_a_cosignature_is_that_of_the_specification() -> None:
    text = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
    line = cosign(sign_note(text, LOG), WITNESS, 1679315147)
    blob = base64.b64decode(line.split(" ")[2])
    assert line.startswith(f"— {WITNESS.name} ")
    assert blob[:4] == WITNESS.public.id
    assert int.from_bytes(blob[4:12], "big") == 1679315147
    message = f"cosignature/v1\ntime 1679315147\n{text}".encode()
    assert WITNESS.public.accepts(message, blob[12:])


def test_cosignatures_are_found_and_false_ones_are_not() -> None:
    note = sign_note(tree(), LOG)
    line = cosign(note, WITNESS, 1_772_000_000)
    assert cosigned_at(with_cosignatures(note, [line]), WITNESS.public) == 1_772_000_000
    assert open_checkpoint(with_cosignatures(note, [line]), LOG.public).size == 3
    moved = with_cosignatures(sign_note(tree(4), LOG), [line])
    for wrong in (note, moved):
        with pytest.raises(NoteFault, match="not cosigned"):
            cosigned_at(wrong, WITNESS.public)
