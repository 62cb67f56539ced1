"""No language is known by the firm's locale.

Dates and amounts are written as the locale says. It is a language of two or three small letters,
and where it matters a country in capitals.

Wrong:

```yaml
locale: xx-US
```

Right:

```yaml
locale: en-US
```
"""

from __future__ import annotations

from collections.abc import Iterator

from sopwith.model import Library
from sopwith.plan import Plans
from sopwith.problem import Problem
from sopwith.words import locale_exists

CODE = "unknown-locale"


def check(library: Library, _: Plans) -> Iterator[Problem]:
    """Report a locale in which nothing could be written."""
    locale = library.company.locale
    if not locale_exists(locale):
        message = f'no language is known as "{locale}"'
        hint = "write it as in en-US, en-GB or de"
        yield Problem(library.company.at / "locale", CODE, message, hint)
