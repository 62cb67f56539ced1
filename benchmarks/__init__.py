"""How fast Sopwith is, beside its peers and on its own.

    make bench                              everything, in some minutes
    make bench ARGS="check plans"           only these two

Nothing here is a test: a machine that is busy must not fail a pull request. Each measurement makes
its own folder of made-up procedures (`library`), runs whole commands as a person would type them,
and prints a table. What is compared is run in turns, in one sitting, on the same machine, each
round the other way round, so that what else the machine does falls on all alike. A row shows the
median time, the fastest, the processor's own time, and how many times as long as the first row it
takes: the median of the rounds' ratios, not the ratio of the medians.

- `check`: `sopwith check` on this repository, and on 300 SOPs of ten steps, all of which one client
  goes through, beside doorstop, which validates the same procedures as 300 items, and
  compliance-trestle, which holds them as Markdown against a template. doorstop saves each file
  that it validates; with `--no-reformat` it does not.
- `checklists`: checklists of twenty steps for 300 clients, as HTML and as PDF, beside
  ChecklistFabrik, which is given the same steps as reports of its own; and all that the clients
  get, made once and, with nothing changed, once more.
- `handbook`: `sopwith build --only handbook` on 300 SOPs, beside plain `mkdocs build` on the very
  Markdown and settings that came out of it. One client goes through all of them: the handbook
  shows no client, but reads every one, to keep their names out.
- `plans`: `sopwith check` on more and more clients of twelve SOPs, and on more and more SOPs: twice
  as much must take no more than twice the time and memory.
- `review`: `sopwith review` of 300 SOPs and 1,000 clients of twelve of them, on 1,000, 10,000 and
  100,000 observations.
"""
