# The journal's reports and the ledger file

report-posted-only = Posted vouchers only
report-red = { $amount } red
report-side-debit = Dr
report-side-credit = Cr
report-side-flat = nil
report-funds-agree = All funds together { $funds }, cash and bank { $held }: they agree
report-funds-differ = All funds together { $funds }, cash and bank { $held }: they differ by { $difference }
report-fund-transfer = transfer between funds
report-opening = opening balance
report-closing = closing balance
report-restricted = restricted
report-unrestricted = unrestricted
unit-yuan = yuan

report-money-date = Date
report-money-month = Month
report-money-voucher = Voucher
report-money-summary = Summary
report-money-what = Date and summary, or account
report-money-counter = Counter account
report-money-account = Account
report-money-fund = Fund
report-money-fund-name = Name of fund
report-money-org = Association
report-money-restriction = Restriction
report-money-received = Receipts
report-money-paid = Payments
report-money-transferred = Transfers
report-money-opening = Opening
report-money-closing = Closing
report-money-side = Dr or Cr
report-money-balance = Balance
report-money-debit = Debit
report-money-credit = Credit
report-money-opening-debit = Opening Dr
report-money-opening-credit = Opening Cr
report-money-closing-debit = Closing Dr
report-money-closing-credit = Closing Cr
report-money-actual = Actual
report-money-difference = Difference
report-money-held = Held at the end

report-cash-journal = Cash journal
report-bank-journal = Bank journal
report-from-last-year = brought forward from last year
report-brought-over = brought forward (page { $page })
report-carried-over = carried over (page { $page })
report-day-total = total of the day
report-month-total = total of the month
report-year-total = year to date
report-to-next-year = carried forward to next year

report-voucher = Vouchers
report-voucher-note = { $n } vouchers
report-signed = Signed
report-signatures = { $n } attached, prepared { $preparer }, reviewed { $reviewer }, booked { $bookkeeper }, cashier { $cashier }
report-alone = under the small-office switch

report-rp-17 = Funds: receipts and payments
report-overridden = Rule set aside { $date } { $no } { $funds } { $summary } { $amount } { $block } reason { $reason } secretary { $secretary } accountant { $accountant }
report-overridden-none = No fund's rule was set aside
report-fund-ledger = Fund ledger

report-trial-balance = Trial balance
report-trial-balance-note = Income and costs begin with the year; those of earlier years are in the net assets
report-balanced = Debits equal credits
report-unbalanced = Debits and credits differ: opening by { $opening }, in the period by { $moved }, closing by { $closing }

report-rp-22 = Execution of the year
report-rp-22-sum = Opening { $opening }, receipts { $received }, payments { $paid }, closing { $closing }
report-given-shared = given: running costs shared
report-taken-shared = taken: running costs shared
report-given = given: between funds
report-taken = taken: between funds

report-receipts-payments = Receipts and payments by month
report-receipts-payments-sentence = { $n } months: receipts { $received }, payments { $paid }; most came in { $most_in } { $in_amount }, most went out { $most_out } { $out_amount }
report-receipts-payments-none = No receipts and no payments in this time

ledger-file-title = Lianban journal for hledger or ledger
ledger-file-note = Money stands by account and fund. Transfers between funds and openings are told of the last account: in one account no yuan says whose it is.
ledger-file-assets = assets
ledger-file-liabilities = liabilities
ledger-file-net-assets = equity
ledger-file-income = income
ledger-file-expenses = expenses

refusal-journal-other-half = This came from { $book }, and its payment has not come before
    .hint = put the payment's row of { $book } before this one
