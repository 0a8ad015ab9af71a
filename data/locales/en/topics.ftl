# The names of pages of the manual.

topic-premises = Premises
topic-loans = Loans
topic-funds = Funds
topic-books = Accounts
topic-sharing = Sharing
topic-notices = Financial notices
topic-profile = House rules

# What belongs into a field of each kind.
field-help-text = words
field-help-number = a whole number
field-help-money = an amount, or a sum like 12.5*3
field-help-flag = yes 1, no 2
field-help-date = a day: 0517, w3 Wednesday, n3 next Wednesday, +3 in three days
field-help-moment = a day and an hour: 0517 14:00
field-help-choice = the number, initials or the word
field-help-choices = the numbers, several together: 13
field-help-record = a code, a name or initials
field-help-resident-id = the 18 signs of the identity number
field-help-certificate = the 20 signs of the disability certificate
field-help-phone = a telephone number, several with commas
topic-appointments = Appointments
topic-attendance = Attendance
topic-consultations = Consultations
topic-transfers = Transfers
topic-operators = Operators
topic-training_needs = Training needs
topic-training_plans = Training plans
topic-leave = Leave
topic-signs = Signs
topic-equipment = Equipment
