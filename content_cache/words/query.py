"""What a citizen typed, without the words that only make it a question."""

from __future__ import annotations

import re

from content_cache.words.pairs import pairs

# The longer ones first, so that 为什么 does not leave 为; 怎么办理 must keep its 办理.
_QUESTION = re.compile(
    "咨询一下|可不可以|需不需要|什么时候|请问|我想|想要|想问|一下|怎么样|怎么办(?!理)|怎么|怎样|如何"
    "|为什么|什么样|带什么|什么|哪里|哪儿|哪些|哪个|在哪|去哪|多少钱|多少|多久|几天|能不能|可以"
    "|是不是|是否|有没有|要不要|需要|应该|谁能|我的|吗|呢|啊"
)


def strip_question(text: str) -> str:
    """The text with a space for each question word; the text itself if nothing would remain."""
    bare = _QUESTION.sub(" ", text)
    return bare if any(len(token) > 1 for token in pairs(bare)) else text
