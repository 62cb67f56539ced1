"""An SOP lies in a folder that is no stage of the client's life with us.

The folder an SOP lies in is its stage. The stages are listed, in order, under `stages:` in
company.yml.

Wrong: a file sops/onbord/client-onboarding.yml.

Right: the file sops/onboard/client-onboarding.yml, with this in company.yml:

```yaml
stages:
  - {id: onboard, title: Bring the client on board}
```
"""

from __future__ import annotations

from collections.abc import Iterator

from sopwith.model import Library
from sopwith.plan import Plans
from sopwith.problem import Problem, did_you_mean

CODE = "unknown-stage"


def check(library: Library, _: Plans) -> Iterator[Problem]:
    """Report SOPs whose folder is none of the stages."""
    stages = [stage.id for stage in library.company.stages]
    for sop in library.sops.values():
        if sop.stage not in stages:
            message = f'no stage is called "{sop.stage}"'
            yield Problem(sop.at, CODE, message, did_you_mean(sop.stage, stages))
