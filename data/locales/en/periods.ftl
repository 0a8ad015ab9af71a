# Months of the journal: fields, lists, actions, answers.
subject-periods = Months
periods-period = Month
periods-status = Status
periods-closed_on = Closed on
periods-closed_by = Closed by
periods-held = All books
periods-funds = All funds
periods-close_reason = Closed although
periods-reopen_reason = Reopened because
periods-reopen_secretary = Secretary agreed
periods-reopen_accountant = Accountant agreed
periods-reason = Reason
    .help = Kept in the history

# Lists
periods-list-all = All
    .empty = No month yet. Use list the months
periods-list-open = Open
    .empty = Every month is closed

# Actions
periods-do-close = Close
    .help = Months in order; everything posted, funds and books agree
    .ask = { $ref } is reconciled: books { $held }, funds { $funds }. Close it?
    .done = { $ref } closed at { $text }
periods-do-reopen = Reopen
    .help = Opens when the secretary and the accountant have both done it
    .done = { $ref } { $text }
periods-do-begin = List the months
    .help = From the first book's month to this one
    .done = Listed up to { $ref }

# Answers
periods-status-half-open = reopening
periods-half-open = agreed to reopen, the other one is waited for
periods-now-open = is open again
periods-waiting = not yet
periods-checks = Checks
periods-ready = it can be closed
periods-refused = Not yet
periods-warning = Mind
periods-heading-checks = Before closing
periods-duty-close = { $ref } to be closed
periods-duty-reopen = { $ref } reopening waits for consent
undo-periods-close = a closed month is opened by reopen
undo-periods-reopen = close it again
undo-periods-begin = months stay

# Refusals
refusal-periods-before-open = { $before } is not closed
    .hint = In order: close { $before } first
refusal-periods-not-over = { $ref } is not over
    .hint = From { $on } on
refusal-periods-unposted = { $n } lines of { $ref } are not posted
    .hint = Review, post or void them first
refusal-periods-differs = In { $ref } the funds are { $fen } more than the books
    .hint = Find the voucher that does not agree
refusal-periods-uncounted = The cash was not counted in { $ref }
    .hint = Count it, or say why not
refusal-periods-unreconciled = { $books } is not reconciled for { $ref }
    .hint = Tick, write notes, or say why not
refusal-periods-closed = { $ref } is closed
    .hint = Reopen it to change it
refusal-periods-open = { $ref } is open
    .hint = There is nothing to reopen
refusal-periods-next-closed = { $next } is closed
    .hint = Reopen from the last month back
refusal-periods-consented = You have agreed to reopen { $ref }
    .hint = The { $post } has to agree too
refusal-periods-other-post = { $ref } needs the consent of the { $post }
    .hint = The { $post } signs in and does it once
refusal-periods-no-book = There is no account yet
    .hint = Make the cash and the bank book first
refusal-periods-all-there = The months are listed up to { $ref }
    .hint = Nothing to do
refusal-periods-stays = { $ref } stays
    .hint = Months are never deleted

# Reports
report-year-end = Year-end checklist
report-year-end-of = Year { $year }, in this order
report-year-end-no = No
report-year-end-step = Step
report-year-end-state = State
report-year-end-said = How it stands
report-year-end-is-done = done
report-year-end-is-open = open
report-year-end-is-elsewhere = kept elsewhere
report-year-end-step-post = Post everything
report-year-end-step-count = Count the cash
report-year-end-step-reconcile = Reconcile the bank
report-year-end-step-advances = Settle advances
report-year-end-step-true-up = True up shared costs
report-year-end-step-close = Close the months
report-year-end-step-carry = Carry forward
report-year-end-step-compile = Compile accounts and notices
report-year-end-step-deliberate = Deliberation by the associations
report-year-end-step-publish = Publish
report-year-end-step-archive = Archive
report-year-end-unposted = { $value } lines not posted
report-year-end-uncounted = not counted in December: { $value }
report-year-end-unreconciled = not reconciled for December: { $value }
report-year-end-advances-left = { $value } not settled
report-year-end-true-ups = done { $value } times
report-year-end-closed = { $value } months closed
report-year-end-carried = balance { $value }
report-year-end-notices = notices for December: { $value }
topic-periods = Closing months
