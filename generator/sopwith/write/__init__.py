"""Pages -> files: each folder is built beside its place and swapped in whole.

Everything is staged in a folder of its own. When all of it is there, a journal names what is to
be swapped; from then on a swap that is cut short is finished by whoever comes next, and before
then it is undone. So a folder is wholly old or wholly new. A manifest lists what we wrote: only
that is ever taken away.
"""

from sopwith.write.place import BUILD, Busy, Unsafe, stamp
from sopwith.write.staging import Staging, staging
from sopwith.write.swap import recover

__all__ = ["BUILD", "Busy", "Staging", "Unsafe", "recover", "staging", "stamp"]
