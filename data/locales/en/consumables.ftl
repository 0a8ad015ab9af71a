# Consumables: fields, lists, actions, answers, reports.
subject-consumables = Consumables
topic-consumables = Consumables
consumables-no = Number
    .help = The next one unless said otherwise, e.g. HC-16
consumables-name = Name
    .help = E.g. copying paper A4
consumables-unit = Unit
    .help = Packs, boxes, pieces
consumables-quantity = In stock
    .help = How many there are; later only moves change it
consumables-reorder_level = Reorder at
    .help = At this number buying is suggested
consumables-usual_price = Price
    .help = Yuan; as it was bought last
consumables-worth = Worth
consumables-average = Average
consumables-place = Kept in
    .help = Where, the zone's code
consumables-note = Note
    .help = Anything to remember
consumables-closed = Not used any more
consumables-mark-low = low
consumables-to-buy = Suggested
consumables-suggest = buy { $units }
consumables-heading-drawn = Drawn by
consumables-heading-moves = Last moves
consumables-duty-low = { $name }: { $left } left (level { $level })

# Lists
consumables-list-open = In use
    .empty = No consumables yet. n makes one
consumables-list-low = To buy
    .empty = Nothing is below its level
consumables-list-all = All
    .empty = No consumables yet. n makes one

# Actions
consumables-do-create = New consumable
    .help = Name, unit, how many there are
    .done = { $ref } { $name } made
consumables-do-amend = Change consumable
    .help = Stock is not changed here but by receiving, issuing or counting
    .done = { $ref } { $name } changed
consumables-do-close = Stop using
    .help = No longer used; nothing may be left
    .ask = Stop using { $what }?
    .done = { $ref } { $name } no longer used
consumables-do-reopen = Use again
    .help = It is needed again
    .ask = Use { $what } again?
    .done = { $ref } { $name } used again
undo-consumables = stopping and using again are not taken back: do the opposite

# Refusals
refusal-consumables-open = { $name } is in use
    .hint = Nothing to do
refusal-consumables-closed = { $name } is no longer used
    .hint = Use it again first
refusal-consumables-left = There are { $left } of { $name } left
    .hint = Issue them or write them off first
refusal-consumables-negative = Not below zero
    .hint = Zero or more
refusal-consumables-taken = There is { $no } { $name } already
    .hint = Receive or issue it; it need not be made again

# Reports
report-consumable-costs = Consumables: cost of issues
report-consumable-costs-rule = Moving average: each issue at the average of its time, rounded half up to the fen, the last unit takes the rest; issues less returns
report-consumable-costs-org = Association
report-consumable-costs-item = Name
report-consumable-costs-units = Quantity
report-consumable-costs-unit = Unit
report-consumable-costs-amount = Amount
report-consumable-costs-sum = Sum
report-consumable-costs-total = Total
report-consumable-costs-lost = Lost
report-consumable-costs-chart = Cost of issues by association
report-consumable-costs-yuan = yuan
report-consumable-costs-sentence = Cost of issues: { $all }
report-consumable-stock = Consumables: stock
report-consumable-stock-at = As of { $day }
report-consumable-stock-no = Number
report-consumable-stock-item = Name
report-consumable-stock-units = In stock
report-consumable-stock-unit = Unit
report-consumable-stock-level = Reorder at
report-consumable-stock-average = Average
report-consumable-stock-worth = Worth
report-consumable-stock-mark = Note
report-consumable-stock-total = Stock is worth { $worth } in all
report-consumable-stock-signatures = Storekeeper ________ checked by ________
