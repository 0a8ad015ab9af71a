# The screen's own words: frame, hints and key table.
screen-menu-title = What can be done
screen-keys-title = Keys of this page
screen-read-title = Read through
screen-keys-search = Search
screen-more-choices = and { $count } more
screen-more = { $count } more below
screen-rank = { $rank }/{ $total }
screen-total = { $total } in all
screen-marked = { $count } marked
screen-filter = filter { $text }
screen-saved = draft kept { $time }
screen-no-key = { $key } does nothing here. { $keys } shows the keys that do
screen-not-here = This page has no such action
screen-yes-no = { $default ->
    [yes] (1 yes 2 no, Enter is yes)
   *[no] (1 yes 2 no, Enter is no)
}
screen-pending = after { $keys }
screen-hint-menu = menu
screen-hint-lines = lines
screen-hint-keys = keys
screen-hint-pick = A digit or Up and Down pick, Enter does it, Esc goes back
screen-hint-keys-page = Type to search, Up and Down walk, Enter does it, Esc goes back
screen-hint-read = Up and Down walk, Esc goes back
screen-hint-prompt = Enter done, Esc never mind
screen-views = View
screen-page = Page
screen-other = Other
screen-refused = not now: { $why }
screen-ready = complete, ready to save: { $submit }

keys-problem-hidden = { $file } line { $line }: { $key } is given to { $action } but is { $other } too
keys-problem-unknown = { $file } line { $line }: there is no action { $action }
keys-problem-unreachable = { $action } has no key
keys-problem-menu = menu needs a key that works with an input method on (a digit, an F key or Ctrl with a letter)

keymap-none = There is no keymap { $name }. There are: { $known }
keymap-unreadable = { $file } cannot be read
keymap-syntax = { $file } line { $line }: not TOML: { $message }
keymap-shape = { $file } line { $line }: { $what } has to be action = ["key", "key"] under a [context]
keymap-action = { $file } line { $line }: [{ $section }] has no action { $action }
keymap-key = { $file } line { $line }: there is no key { $key }
keymap-same = { $file } line { $line }: a terminal cannot tell { $key } from { $same }
keymap-text = { $file } line { $line }: in a form { $key } is text and cannot be a command
keymap-duplicate = { $file } line { $line }: { $key } is { $other } already, on line { $other_line }
keymap-circle = Keymap { $name } comes back to itself
screen-grid-window = Rows { $lanes } of { $all-lanes }, columns { $columns } of { $all-columns }
screen-grid-legend = ? waits for approval, a point is free; every cell is a row of the list
