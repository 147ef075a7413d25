"""The parts of a person's name: which word is the surname, and when two spellings are one name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analysis.entities.names import fold_word

_SURNAMES = frozenset(
    """ai an bai ban bao bi bian bo cai cao cen chai chang che chen cheng chi chu cui dai deng di ding dong dou du duan
    fan fang fei feng fu gan gao ge geng gong gu guan gui guo han hao he heng hong hou hu hua huang huo ji jia
    jian jiang jiao jin jing ju kang ke kong kuang lai lan lang lei leng li lian liang liao lin ling liu long lou
    lu luan luo lyu ma mao mei meng mi miao mo mu ni nie ning niu ou ouyang pan pang pei peng pi pu qi qian qiang
    qiao qin qiu qu quan que ran rao ren rong ruan sha shang shao she shen sheng shi shu si situ song su sui sun
    tan tang tao teng tian tong tu wan wang wei wen weng wu xi xia xian xiang xiao xie xin xing xiong xu xuan xue
    yan yang yao ye yi yin ying you yu yuan yue yun zang zeng zha zhai zhan zhang zhao zhen zheng zhong zhou zhu
    zhuang zong zou zuo""".split()
)
_KOREAN_SURNAMES = frozenset("ban cho choe choi chung hwang kang kim lee moon park roh ryu shin yoon yun".split())
_INITIALS = "(?:b|p|m|f|d|t|n|l|g|k|h|j|q|x|zh|ch|sh|r|z|c|s|y|w)?"
_FINALS = (
    "(?:iang|iong|uang|ueng|ang|eng|ing|ong|ian|iao|uai|uan|van|ai|an|ao|ei|en|er"
    "|ia|ie|in|iu|ou|ua|ue|ui|un|uo|a|e|i|o|u)"
)
_GIVEN = re.compile(f"(?:{_INITIALS}{_FINALS}){{1,2}}")
_NOT_NAMES = frozenset({("hong", "kong"), ("xi", "an"), ("he", "is"), ("an", "an"), ("long", "an"), ("sha", "tin")})
_ALSO_WORDS = frozenset(
    {"he", "an", "you", "she", "long", "fan", "pan", "ran", "ban", "sun", "song", "pi", "lei", "si"}
)

_WOMEN = frozenset(
    """alexandra alice amanda amy ana andrea angela anna anne annalena barbara bonnie carol caroline catherine charlotte
    christine claire condoleezza diana ekaterina elena elizabeth ellen emily emma eva federica fiona giorgia hanna
    heather helen hillary irina jane janet jen jennifer jessica joan julia julie kaja kamala karen karine kate
    katherine kathleen laura linda lisa liz lyudmila madeleine margaret maria marina mariya marie mary melania
    michelle morgan nancy natalia natalya nikki nina olga oksana patricia penny rachel rebecca roberta rosa
    samantha sanae sandra sanna sarah sofia sonia sophie susan svetlana tammy tatiana tatyana theresa ursula
    valentina vera victoria wendy yelena yulia yvette""".split()
)
_MEN = frozenset(
    """alan albert aleksandr alex alexander alexei alexey ali alistair anatoly andreas andrei andrew andrey andriy
    anthony antony anton arkady arthur barack ben benjamin bill bob boris brad brian bruce charles chris
    christopher colin craig dan daniel david denis denys dimitri dmitri dmitry dmytro don donald doug douglas ed
    edward emmanuel eric evan frank fred friedrich fyodor gary gennady geoff george georgy gerhard gordon graham
    greg gregory grigory harry henry ian igor ilya ivan jack jacob jake james jason jay jeff jeffrey jens jeremy
    jerome jim joe joel john jonathan joseph josep josh justin keith ken kenneth kevin kirill konstantin kyle
    larry leonid lloyd marco mark martin matthew maxim michael mikhail mike narendra nicholas nick nikita nikolai
    nikolay oleg olaf pascal patrick paul pavel peter petro phil philip pierre ralph ray richard rick robert roger
    roman ron ronald ruslan ryan sam scott sean sergei sergey simon stanislav stephen steve steven stuart ted
    thomas tim timothy tom tony vadim valery vasily viktor vitaly vladimir volodymyr vyacheslav walter william
    yevgeny yuri yury zbigniew""".split()
)


def looks_chinese(words: Sequence[str]) -> bool:
    """True for a surname and a given name in pinyin, surname first: "Li Lifan", "Zhang Xin", "Ouyang Yu"."""
    folded = tuple(fold_word(word) for word in words)
    if len(folded) not in (2, 3) or folded[:2] in _NOT_NAMES or folded[0] not in _SURNAMES:
        return False
    return all(_GIVEN.fullmatch(word) for word in folded[1:])


def stands_out(words: Sequence[str]) -> bool:
    """True when :func:`looks_chinese` does, and the surname is no English word that may begin a sentence."""
    return looks_chinese(words) and fold_word(words[0]) not in _ALSO_WORDS


def surname_of(words: Sequence[str]) -> str:
    """The folded surname: the first word of a Chinese or Korean name, the last of any other."""
    folded = [fold_word(word) for word in words]
    if looks_chinese(words):
        return folded[0]
    if len(folded) >= 3 and folded[0] in _KOREAN_SURNAMES:
        return folded[0]
    return folded[-1]


def pronoun_of(words: Sequence[str]) -> str | None:
    """ "he" or "she" where the given name tells; None for Chinese and unknown names."""
    if len(words) < 2 or looks_chinese(words):
        return None
    given = fold_word(words[0])
    return "she" if given in _WOMEN else "he" if given in _MEN else None


def one_letter_apart(one: str, other: str) -> bool:
    """True when two folded words of three letters or more differ by one letter.

    A letter more or less is enough from four letters on ("Gen", "Geng"); a letter in place of another only from
    six letters on, because Wang and Yang are two families while Sergei and Sergey are one name.
    """
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    if len(short) < 3 or len(long) < 4 or len(long) - len(short) > 1:
        return False
    at = next((index for index, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(short) < len(long):
        return short[at:] == long[at + 1 :]
    return len(short) >= 6 and short[at + 1 :] == long[at + 1 :]


def spellings(word: str) -> set[str]:
    """``word`` and what is left without one of its letters: words one letter apart have one of these in common."""
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}


def keys_of(words: Sequence[str]) -> list[tuple[object, ...]]:
    """Keys of which two spellings of one full name share one: it whole, and without a letter of one of its words."""
    folded = tuple(fold_word(word) for word in words)
    keys: list[tuple[object, ...]] = [folded]
    for number, word in enumerate(folded):
        rest = (*folded[:number], *folded[number + 1 :])
        keys += [(number, rest, spelling) for spelling in sorted(spellings(word))]
    return keys


def same_name(one: Sequence[str], other: Sequence[str]) -> bool:
    """True for two spellings of one full name: as many words, and one letter's difference in at most one of them."""
    if len(one) != len(other):
        return False
    pairs = [(fold_word(a), fold_word(b)) for a, b in zip(one, other, strict=True)]
    different = [(a, b) for a, b in pairs if a != b]
    return len(different) <= 1 and all(one_letter_apart(a, b) for a, b in different)
