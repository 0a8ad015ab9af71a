# Cash counts: fields, lists, actions, answers.
subject-counts = Cash counts
counts-counted_at = Counted at
    .help = Now unless said otherwise
counts-book = Cash book
    .help = Which one
counts-book_balance = By the book
counts-unposted = Not posted
counts-counted = Found
counts-difference = Difference
counts-reason = Reason
    .help = Why there is more or less; say so if it is not known yet
counts-decision = Decision
    .help = What is done about it, e.g. made good by whoever is liable
counts-counter = Counted by
counts-witness = Watched by
    .help = Another colleague, name or initials
counts-status = Status
counts-alone = One person
counts-pieces = Pieces
    .help = kind*pieces, e.g. 100*21 1*3 0.5; write 0 for an empty box

# Lists
counts-list-all = All
    .empty = Nothing counted yet
counts-list-unsettled = Differences to settle
    .empty = No difference waits

# Actions
counts-do-count = Count the cash
    .help = All pieces in one line; another person watches
    .done = Counted { $ref }: { $counted }, { $difference }
counts-do-settle = Settle the difference
    .help = Write the decision; it is booked by a voucher of its own
    .done = { $ref } { $difference } settled. Book the difference with a voucher of the journal
counts-do-void = Void
    .help = It was counted wrong; count again
    .done = { $ref } voided

# Answers
counts-even = as by the book
counts-short = short { $fen }
counts-over = over { $fen }
counts-piece = { $kind } x { $n }
counts-worth = { $n } pieces { $fen }
counts-heading-pieces = Pieces
counts-compensating = Counted by one person: nobody watched; the secretary checks this sheet afterwards
counts-duty-difference = Cash { $difference } on { $on } to be settled
counts-duty-moved = { $book } moved on { $on }, not counted since
counts-duty-month = { $book } not counted this month

# Refusals
refusal-counts-no-book = There is no cash book yet
    .hint = Make one among the accounts first
refusal-counts-which-book = Which cash book is not known; there are { $books }
    .hint = Name the cash book
refusal-counts-denomination = There is no note or coin of { $text }
    .hint = There are 100 50 20 10 5 1 0.5 0.1 0.05 0.02 0.01
refusal-counts-pieces = { $text } is no number of pieces
    .hint = Write kind*pieces, e.g. 100*21
refusal-counts-nobody = No colleague is called { $text }
    .hint = Name a colleague at work
refusal-counts-alone = Nobody watches their own count
    .hint = Ask another colleague to watch
refusal-counts-cashiers = Both keep the cash
    .hint = Ask a colleague who does not
refusal-counts-void = { $ref } is void
    .hint = Count again
refusal-counts-settled = { $ref } is settled
    .hint = Undo the settling to change it
refusal-counts-no-difference = { $ref } is as by the book
    .hint = There is nothing to settle
refusal-counts-own-difference = You counted { $ref } yourself
    .hint = The secretary or the accountant settles it

# Reports
report-cash-count = Cash count sheet
report-cash-count-denomination = Kind
report-cash-count-pieces = Pieces
report-cash-count-amount = Amount
report-cash-count-total = Found
report-cash-count-balance = By the book
report-cash-count-even = Difference
report-cash-count-short = Short
report-cash-count-over = Over
report-cash-count-none = Nothing was counted in this time
report-cash-count-others = { $n } more counts in this time; this is the last one
report-cash-count-of = { $ref } counted at { $at }
report-cash-count-difference = Result: { $text }
report-cash-count-reason = Reason: { $text }
report-cash-count-decision = Decision: { $text }
report-cash-count-signatures = Cashier ________ counted by { $counter } watched by { $witness } accounting head ________
topic-counts = Counting the cash
