# The lines face's own sentences. One thought each, within forty columns.

lines-greeting = Lines { $why }
lines-why-flag = by the command line
lines-why-environment = by the environment
lines-why-preference = as you prefer
lines-why-dumb = the terminal is plain
lines-why-pipe = the input is no terminal
lines-why-switched = F2 for the screen
lines-first-hint = h help
lines-first-hint-page = Enter reads, act actions, b back, h help

lines-labelled = { $label }: { $value }
lines-calendar = { $what } { $n } taken { $free } free
lines-count = { $what } { $n }
lines-marked = { $n } marked
lines-is-marked = marked
lines-nothing = none
lines-needed = needed
lines-here = { $page } (here)
lines-refused = { $label } not now: { $why }
lines-cannot = { $n } not now, Enter says why
lines-left = { $n } more, Enter goes on
lines-that-is-all = that is all
lines-at-last = this is the last one
lines-at-first = this is the first one
lines-only-rows = there are { $n }: type 1-{ $n }
lines-only-actions = actions 1-{ $n }, act reads them
lines-which = which 1-{ $n }>
lines-unknown = no action { $word }. h for help
lines-unknown-like = no action { $word }. Like it: { $like }
lines-no-note = no notes can be made here
lines-how-to-quit = type quit to leave
lines-once-more = some letters were lost, please complete it

lines-yes = yes
lines-no = no
lines-yes-or-no = answer yes or no (y/n)
lines-save = save
lines-holds = now { $value }
lines-kept-at = draft kept { $time }
lines-form-complete = all is filled in, . saves, list reads it
lines-form-hint = < before, - empties, . save, back puts away
lines-must-answer = { $field } is needed
lines-fixed = this one cannot be changed

lines-help =
    n next, p previous, a number goes there
    o opens, b back, r reads, l reads ten
    act reads the actions to pick from
    /text filters, //text searches, #ref jumps
    ;line quick entry, +text makes a note
    in a form < back, . save, ? about, - empties
    in a form: a field's name, then its text
    in a form: a blank first, kept as it stands
    where F5, again F11, last F12, undo, redo, lock, manual
    screen changes the face, quit leaves

# The words one may type. The first is the name that is said; blanks between.
lines-word-yes = yes y
lines-word-no = no n
lines-word-next = next n
lines-word-previous = previous p prev
lines-word-page-down = page-down pagedown pd
lines-word-page-up = page-up pageup pu
lines-word-first = first
lines-word-last = end
lines-word-next-view = part
lines-word-open = open o
lines-word-mark = mark m
lines-word-mark-all = mark-all markall
lines-word-twin = twin
lines-word-step-back = previous-day prevday [
lines-word-step-on = next-day nextday ]
lines-word-this-day = this-day t
lines-word-grid-day = day
lines-word-grid-week = week
lines-word-grid-month = month
lines-word-back = back b
lines-word-today = today
lines-word-search = search find
lines-word-quick = quick
lines-word-accept = accept
lines-word-submit = save submit
lines-word-submit-new = save-new savenew
lines-word-next-field = next-field nextfield
lines-word-previous-field = previous-field previousfield
lines-word-complete-next = complete-next completenext
lines-word-complete-previous = complete-previous completeprevious
lines-word-copy-above = copy above
lines-word-cancel = cancel
lines-word-discard = discard
lines-word-undo = undo u
lines-word-redo = redo
lines-word-where = where w
lines-word-last-message = last-message last
lines-word-help = help h
lines-word-keys = keys
lines-word-lock = lock
lines-word-quit = quit q exit
lines-word-read = read r
lines-word-more = more
lines-word-again = again
lines-word-all = all
lines-word-list = list l
lines-word-act = act a actions
lines-word-pages = pages
lines-word-manual = manual
lines-word-settings = settings
lines-word-topics = topics
lines-word-drafts = drafts
lines-word-who = who
lines-word-history = history
lines-word-tallies-count = count qd
lines-word-switch-face = screen
