"""The field's terms in one place, so that a word means the same wherever it stands.

The site's method page and `docs/method.md` are both made from this catalogue. A formula is
written as the code calculates it, and every term says whose it is: an author's, or our own
convention with its reason.
"""

from __future__ import annotations

from dataclasses import dataclass

_SHOOK = "Rother & Shook, Learning to See, 1999"
_MARTIN = "Martin & Osterling, Value Stream Mapping, 2013"
_KEMENY = "Kemeny & Snell, Finite Markov Chains, 1960, chapter III"
_KELLEY = "Kelley & Walker, Critical-Path Planning and Scheduling, 1959"
_POPPENDIECK = "Poppendieck & Poppendieck, Implementing Lean Software Development, 2006"
_GOLDRATT = "Goldratt & Cox, The Goal, 1984"


@dataclass(frozen=True, slots=True)
class Term:
    """One term: what it means, how it is calculated and who said so."""

    id: str
    """Anchor on the method page, in kebab case."""
    name: str
    definition: str
    """One or two sentences of plain text."""
    formula: str
    """In plain Unicode text; empty where there is none."""
    source: str
    """Author, work and year; or vsmdocs, with the reason."""
    key: str = ""
    """Name in the metrics, such as `lead_time`; empty where the term is no metric."""


# fmt: off
TERMS: tuple[Term, ...] = (
    Term("lead-time", "Lead time (LT)",
         "Working time from when an item is ready for the stream until it leaves it, with no "
         "rework on the way: the length of the critical path. A step whose lead time is unknown "
         "is left out, and the total says how many are.",
         "step: LT = WT + PT; map: Σ over scenarios of probability × (step lead times + edge "
         "waits along the longest path)",
         f"{_SHOOK}; {_MARTIN}, chapter 3", "lead_time"),
    Term("process-time", "Process time (PT)",
         "Hands-on working time for one item; the map's figure is that of the steps on the "
         "critical path, the lower rungs of the ladder.",
         "PT = Σ step process times on the critical path",
         f"{_MARTIN}, chapter 3", "process_time"),
    Term("wait-time", "Wait time (WT)",
         "Working time in which nobody works on the item: before a step begins, or on the way "
         "between two steps.",
         "WT = LT − PT",
         f"{_SHOOK}, where it is the time between the processes", "wait_time"),
    Term("effort", "Effort",
         "All the hands-on time that an item takes, on the critical path or beside it. A step "
         "behind an alternative counts by its share.",
         "effort = Σ over steps of share × PT",
         "vsmdocs: parallel branches cost time of people even where they do not lengthen the "
         "lead time", "effort"),
    Term("labour", "Labour",
         "Effort in working hours of persons: a step that takes two people for an hour takes two "
         "hours. Steps that do not state how many people do them are left out and counted.",
         "labour = Σ over steps of share × PT × people",
         "vsmdocs: effort alone does not show that five people sit in one meeting", "labour"),
    Term("activity-ratio", "Activity ratio",
         "The share of the lead time in which somebody works on the item, also called flow "
         "efficiency. It depends on the calendar, which is therefore printed beside it.",
         "activity ratio = PT ÷ LT in each scenario; map: the mean by probability",
         f"{_MARTIN}, chapter 3", "activity_ratio"),
    Term("value-adding-ratio", "Value-adding ratio",
         "The share of the lead time in which value is added, also called process cycle "
         "efficiency (PCE). It exists only where a step states its class of value.",
         "value-adding ratio = Σ PT of the adding steps on the critical path ÷ LT; map: the mean "
         "by probability",
         "George, Lean Six Sigma, 2002 (process cycle efficiency)", "value_adding_ratio"),
    Term("complete-accurate", "Percent complete and accurate (%C&A)",
         "The share of a step's output that the next step can use as it is, without correcting "
         "it, adding to it or asking about it. The receivers say how much that is; several "
         "answers multiply.",
         "%C&A = items usable as received ÷ items received",
         f"{_MARTIN}, chapter 3", "complete_accurate"),
    Term("rolled-complete-accurate", "Rolled %C&A",
         "The chance that an item is usable as it is at every step that has been assessed. "
         "Parallel branches all multiply, because all their results are needed.",
         "rolled %C&A = Π of the stated %C&A; map: the mean by probability over scenarios",
         f"{_MARTIN}, chapter 3", "complete_accurate"),
    Term("critical-path", "Critical path",
         "The longest path through the flow; only what lies on it lengthens the lead time. Of a "
         "map with alternatives the path of the likeliest scenario is shown, and of equally long "
         "paths the one with more process time.",
         "longest path = max over paths of Σ (step lead times + edge waits)",
         _KELLEY, "critical_path"),
    Term("slack", "Slack",
         "How much longer a step could take before the lead time grows, also called float; 0 on "
         "the critical path. Of several scenarios the least counts.",
         "slack = LT − length of the longest path through the step",
         _KELLEY, "slack"),
    Term("scenario", "Scenario",
         "One combination of the choices that an item meets where the flow has alternatives. "
         "Times and ratios hold within a scenario, and the map's figure is their mean by "
         "probability; counts are over the whole map.",
         "map's figure = Σ over scenarios of probability × figure in the scenario",
         "vsmdocs: a longest path exists only once it is settled which way an item goes"),
    Term("rework", "Rework loop",
         "Some of the items that leave a step go back to an earlier one, or to the step itself, "
         "and come through again. The rate is the same in each round unless passes limits it.",
         "rate = items sent back ÷ items leaving the step",
         f"{_MARTIN}, chapter 3; as a chance of going back: {_KEMENY}", "rework_loops"),
    Term("visits", "Visits",
         "How many times one item comes to a step on average, with rework.",
         "v = e · (I − Q)⁻¹, with e the start and Q the chances of going from state to state",
         f"{_KEMENY} (the fundamental matrix)", "visits"),
    Term("expected-lead-time", "Expected lead time",
         "The lead time of an average item, with every round of rework in it. In a scenario, a "
         "step that every path passes is one state of the chain, and a parallel block is one "
         "state too.",
         "E[LT] = Σ over states of v × τ + Σ over moves of their number × their wait, with τ the "
         "state's lead time; map: the mean by probability",
         _KEMENY, "expected_lead_time"),
    Term("expected-process-time", "Expected process time",
         "The process time of an average item, with every round of rework in it, over the same "
         "states as the expected lead time.",
         "E[PT] = Σ over states of v × the state's process time; map: the mean by probability",
         _KEMENY, "expected_process_time"),
    Term("lead-time-sd", "Standard deviation of the lead time",
         "How far lead times lie apart because some items meet more rework than others. The "
         "ranges of single estimates are not in it, nor is the difference between scenarios.",
         "σ = √(e · N · (τ² + 2 τ ∘ (Q · N · τ)) − (e · N · τ)²) with N = (I − Q)⁻¹ and waits of "
         "moves added alike; map: the mean by probability",
         f"{_KEMENY}, extended from steps to times", "lead_time_sd"),
    Term("first-pass", "First pass",
         "The share of items that meet no rework loop from beginning to end.",
         "first pass = Π over states of (1 − chance that the item goes back from there); map: the "
         "mean by probability",
         "vsmdocs: what goes back is stated as a rate, so it need not be guessed from %C&A",
         "first_pass"),
    Term("passes", "Passes",
         "The most rounds that one item makes on a rework loop. 100 % with one pass means that "
         "everything comes back exactly once.",
         "chance of another round = rate while rounds < passes, else 0",
         "vsmdocs: a constant chance can never say “once”"),
    Term("parallel-block", "Parallel block",
         "What lies between two steps that every path passes, where branches run side by side. "
         "It takes as long as the longest path through it, and rework that starts or ends inside "
         "it repeats the whole block.",
         "τ(block) = max over paths through the block of Σ (step lead times + edge waits)",
         "vsmdocs: a chain is in one state at a time, so branches that run together are one state"),
    Term("handoff", "Handoff",
         "A forward move between two steps that have different owners. Where an owner is not "
         "stated nothing is counted.",
         "handoffs = number of forward edges whose two owners differ",
         f"{_POPPENDIECK} (handoffs as a waste)", "handoffs"),
    Term("approval", "Approval",
         "A step whose work is to permit what others have done.",
         "approvals = number of steps of kind approval",
         "vsmdocs: an approval often waits long and works briefly, so it is worth a count",
         "approvals"),
    Term("manual-step", "Manual step",
         "A step that states it is done by hand, without help from a machine. A step that does "
         "not say is not counted.",
         "manual steps = number of steps with automation: manual",
         "vsmdocs: shows how far automation has come over the versions of a map", "manual_steps"),
    Term("wip", "Work in process (WIP)",
         "Items that wait before a step or are in it; the map's figure adds up what is stated.",
         "WIP = Σ of the stated wip",
         "Hopp & Spearman, Factory Physics, 1996", "wip"),
    Term("littles-law", "Little's law",
         "On average, a stable stream holds as many items as arrive during one lead time. So "
         "work in process and demand imply a lead time, which stands beside the mapped one.",
         "L = λ · W, hence implied lead time = WIP ÷ demand",
         "Little, A Proof for the Queuing Formula L = λW, Operations Research 9(3), 1961",
         "littles_law_lead_time"),
    Term("takt-time", "Takt time",
         "The working time that may pass between two finished items if demand is to be met.",
         "takt time = working time in a period ÷ demand in that period",
         _SHOOK, "takt_time"),
    Term("capacity", "Capacity",
         "The most items that a step can finish in a period. A step whose capacity is below "
         "demand is over capacity, and work piles up before it.",
         "utilisation = demand ÷ capacity",
         "Hopp & Spearman, Factory Physics, 1996", "utilisation"),
    Term("constraint", "Constraint",
         "The step that limits how much the whole stream can finish. It is named only among "
         "steps whose capacity is stated; the longest wait is another matter.",
         "constraint = the step with the largest demand ÷ capacity",
         _GOLDRATT, "constraint"),
    Term("stuck", "Where value gets stuck",
         "Every wait, step and rework loop, ranked by how much sooner an average item arrives if "
         "it goes; a step goes with its wait, and off the critical path the gain is 0. The "
         "headline is the largest gain among waits and loops, and a step only where none of them "
         "gains anything, because value is not stuck while it is being worked on.",
         "gain = E[LT] − E[LT] without it, recalculated through the whole graph",
         f"vsmdocs, after {_GOLDRATT}: only what shortens the whole is a gain", "stuck"),
    Term("duration", "Duration",
         "A length of working time with its unit. Days, weeks and months follow the map's "
         "calendar, and a bare number is refused because nobody can tell minutes from days.",
         "1d = hours per day; 1w = days per week × 1d; 1mo = 52/12 × 1w",
         "ISO 8601 for the form PT4H; the short form and the working calendar: vsmdocs, because "
         "people say “three days” and mean working days"),
    Term("working-calendar", "Working calendar",
         "How many hours a working day and how many days a working week have; 8 and 5 unless the "
         "map says otherwise. Everything is reckoned in working hours.",
         "hours in a month = hours per day × days per week × 52/12",
         "vsmdocs: a ratio of times means something only when both are on one clock"),
    Term("estimate", "Estimate",
         "A time given as a range: least and most (uniform), or least, likeliest and most "
         "(triangular). Calculations use the mean.",
         "mean = (a + b) ÷ 2, or (a + m + b) ÷ 3",
         "vsmdocs: the means of the two distributions, so that a simulation converges to what is "
         "calculated"),
    Term("evidence", "Evidence",
         "How well a number is known: measured on all items, sampled from some, estimated by "
         "those who do the work, or assumed by those who do not know.",
         "",
         "vsmdocs: a number from a clock and a number from a show of hands look the same on a "
         "wall"),
    Term("kaizen-burst", "Improvement (kaizen burst)",
         "A change that is being thought of, tried, adopted or rejected at one place of the "
         "stream, with what it is expected to do. It does not alter the map's figures.",
         "",
         f"{_SHOOK} (the kaizen lightning burst)"),
    Term("target", "Target",
         "A limit for one figure that the check holds the map to, if wanted by a date.",
         "met when figure ≤ at_most, or figure ≥ at_least",
         "vsmdocs: a limit beside the map is looked at whenever the map changes"),
    Term("stated-totals", "Stated totals",
         "Totals as a workshop or a publication wrote them down. The check says where the "
         "arithmetic of the map comes to something else.",
         "difference = stated − calculated",
         "vsmdocs: totals on a wall are often added up by hand, and the figures are kept as found"),
    Term("time-ladder", "Time ladder",
         "The line under a map that goes up for waiting and down for work, step by step along "
         "the critical path. It shows one path, the likeliest scenario's.",
         "Σ of upper rungs = WT, Σ of lower rungs = PT",
         f"{_SHOOK} (the timeline)"),
    Term("swimlane", "Swimlane",
         "A strip of the map that holds the steps of one owner, so that every change of lane is "
         "a handoff.",
         "",
         "Rummler & Brache, Improving Performance, 1990"),
    Term("value-classes", "Classes of value",
         "Adding: the customer would pay for it. Necessary: it adds nothing, and cannot be left "
         "out today. Waste: it adds nothing and could go.",
         "",
         "Womack & Jones, Lean Thinking, 1996"),
    Term("wastes", "Wastes",
         "What takes time and gives the customer nothing: partially done work, extra features, "
         "relearning, handoffs, waiting (delays), task switching and defects. Unused talent is "
         "commonly added as an eighth.",
         "",
         f"{_POPPENDIECK}, for the seven"),
    Term("current-state", "Current state",
         "The stream as it is today, as people found it when they walked it.",
         "",
         _SHOOK),
    Term("future-state", "Future state",
         "The stream as it is to be by a date. An ideal state is one without a date, as it would "
         "be if nothing stood in the way.",
         "",
         _SHOOK),
    Term("gap", "Gap",
         "The difference between the current and a future state of one stream, figure by figure "
         "and step by step.",
         "gap = future figure − current figure",
         f"vsmdocs, after {_SHOOK}, where the future state is drawn from the current one"),
    Term("unknown", "Unknown",
         "A number that nobody has stated and that does not follow from others. It is never "
         "taken for 0, nor a missing %C&A for 100 %, because then the less a team knew, the "
         "better its stream would look.",
         "totals leave unknown steps out and count them; a ratio with an unknown part is unknown",
         "vsmdocs: a missing number is something to find out"),
)
# fmt: on

BY_ID: dict[str, Term] = {term.id: term for term in TERMS}


def to_markdown() -> str:
    """Return all terms as the text of `docs/method.md`."""
    parts = [
        "# Method",
        "Every term that vsmdocs uses, how its figure is calculated, and who said so. All times "
        "are in working hours.",
        "<!-- Made from vsmdocs/model/terms.py by to_markdown(); change it there. -->",
    ]
    for term in TERMS:
        parts += [f'<a id="{term.id}"></a>', f"## {term.name}", term.definition]
        if term.formula:
            parts.append(f"```text\n{term.formula}\n```")
        name = f"In the data: `{term.key}`. " if term.key else ""
        parts.append(f"{name}Source: {term.source}.")
    return "\n\n".join(parts) + "\n"
