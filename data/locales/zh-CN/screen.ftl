# 全屏这一面自己的话：框架、提示和按键表。
screen-menu-title = 能做的事
screen-keys-title = 这一页的键
screen-read-title = 通读
screen-keys-search = 查找
screen-more-choices = 另有 { $count } 个
screen-more = 下面还有 { $count } 行
screen-rank = { $rank }/{ $total }
screen-total = { $total } 项
screen-marked = 已标 { $count }
screen-filter = 筛选 { $text }
screen-saved = 草稿已存 { $time }
screen-no-key = 这里没有 { $key } 这个键。{ $keys } 看能用的键
screen-not-here = 这一页没有这个动作
screen-yes-no = { $default ->
    [yes] (1是 2否，Enter为是)
   *[no] (1是 2否，Enter为否)
}
screen-pending = { $keys } 之后
screen-hint-menu = 菜单
screen-hint-lines = 行模式
screen-hint-keys = 按键
screen-hint-pick = 按数字或上下选，Enter做，Esc回去
screen-hint-keys-page = 打字查找，上下翻，Enter做，Esc回去
screen-hint-read = 上下翻，Esc回去
screen-hint-prompt = Enter好 Esc算了
screen-views = 视图
screen-page = 页
screen-other = 其他
screen-refused = 不能: { $why }
screen-ready = 都写好了，可以保存：{ $submit }

keys-problem-hidden = { $file } 第 { $line } 行: { $key } 给了 { $action }，但它也是 { $other }
keys-problem-unknown = { $file } 第 { $line } 行: 没有 { $action } 这个动作
keys-problem-unreachable = { $action } 没有键
keys-problem-menu = menu 要有一个开着输入法也按得出的键（数字、F 键或 Ctrl 加字母）

keymap-none = 没有名为 { $name } 的键位表。有: { $known }
keymap-unreadable = { $file } 打不开
keymap-syntax = { $file } 第 { $line } 行: 不是 TOML: { $message }
keymap-shape = { $file } 第 { $line } 行: { $what } 要写成 动作 = ["键", "键"]，放在 [场合] 下面
keymap-action = { $file } 第 { $line } 行: [{ $section }] 里没有 { $action } 这个动作
keymap-key = { $file } 第 { $line } 行: 没有 { $key } 这个键
keymap-same = { $file } 第 { $line } 行: 终端分不出 { $key } 和 { $same }
keymap-text = { $file } 第 { $line } 行: 表单里 { $key } 是文字，不能当命令
keymap-duplicate = { $file } 第 { $line } 行: { $key } 在第 { $other_line } 行已是 { $other }
keymap-circle = 键位表 { $name } 绕回了自己
screen-grid-window = 看到第 { $lanes } 行（共 { $all-lanes }），第 { $columns } 栏（共 { $all-columns }）
screen-grid-legend = 问号是待审核，点是空；每一格在列表里都有一行
