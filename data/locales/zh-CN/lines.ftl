# 行模式自己的话。一句一件事，四十列以内。

lines-greeting = 行模式 { $why }
lines-why-flag = 按命令行
lines-why-environment = 按环境变量
lines-why-preference = 按个人设置
lines-why-dumb = 终端不支持全屏
lines-why-pipe = 输入不是终端
lines-why-switched = F2 换回屏幕
lines-first-hint = h 帮助
lines-first-hint-page = 回车 读 act 动作 b 返回 h 帮助

lines-labelled = { $label }：{ $value }
lines-calendar = { $what } { $n } 项 空 { $free } 段
lines-count = { $what } { $n } 项
lines-marked = 已标记 { $n } 项
lines-is-marked = 已标记
lines-nothing = 无
lines-needed = 要填
lines-here = { $page } (在此)
lines-refused = { $label }不行：{ $why }
lines-cannot = 还有 { $n } 项现在不能做，回车看原因
lines-left = 还有 { $n } 条，回车继续
lines-that-is-all = 没有更多了
lines-at-last = 已是最后一项
lines-at-first = 已是第一项
lines-only-rows = 只有 { $n } 项，请输入 1-{ $n }
lines-only-actions = 动作 1-{ $n }，act 念一遍
lines-which = 哪一个 1-{ $n }>
lines-unknown = 没有 { $word } 这个动作。h 帮助
lines-unknown-like = 没有 { $word } 这个动作。像: { $like }
lines-no-note = 这里不能记事
lines-how-to-quit = 退出请输入 quit 或 退出
lines-once-more = 有字没有收全，请补上

lines-yes = 是
lines-no = 否
lines-yes-or-no = 请答 是 或 否 (y/n)
lines-save = 保存
lines-holds = 现在是 { $value }
lines-kept-at = 草稿已存 { $time }
lines-form-complete = 都已填好，. 保存 list 看全部
lines-form-hint = < 上一项 - 清空 . 保存 back 放下
lines-must-answer = { $field } 要填
lines-fixed = 这一项不能改

lines-help =
    n 下一项 p 上一项 数字 到那一项 o 打开
    b 返回，r 读这一项，l 往下念十项
    act 念动作，再输数字或动作名
    /字 筛选 //字 查找 #号 直达
    ;一行 快录 +字 记事 settings 设置
    表单里 < 上一项 . 保存 ? 说明 - 清空
    表单里 字段名 内容，直接改那一项
    表单里 空格开头的一行照原样记
    where 在哪 F5，again 再说 F11，last 上次消息 F12
    undo 撤销 redo 重做 lock 锁 manual 手册
    screen 换屏幕，quit 退出

# 可以输入的词。第一个是念出来的名字，空格隔开。
lines-word-yes = 是 对 好 y yes
lines-word-no = 否 不 n no f
lines-word-next = 下一项 下一个 下 n next xyx
lines-word-previous = 上一项 上一个 上 p previous prev
lines-word-page-down = 下十项 翻页 pagedown pd
lines-word-page-up = 上十项 pageup pu
lines-word-first = 第一项 first dyx
lines-word-last = 最后一项 end zhyx
lines-word-next-view = 下一块 下一栏 part xyk
lines-word-open = 打开 看 开 o open dk
lines-word-mark = 标记 m mark bj
lines-word-mark-all = 全标 markall
lines-word-twin = 换列表 twin hlb
lines-word-step-back = 往前 前一天 前一周 前一月 [ wq
lines-word-step-on = 往后 后一天 后一周 后一月 ] wh
lines-word-this-day = 回今天 t hjt
lines-word-grid-day = 看日 day
lines-word-grid-week = 看周 week
lines-word-grid-month = 看月 month
lines-word-back = 返回 上一层 b back fh
lines-word-today = 今日 今天 today jr
lines-word-search = 查找 查 找 find search cz
lines-word-quick = 快速录入 快录 quick kslr
lines-word-accept = 接受 accept
lines-word-submit = 保存 存 save submit bc
lines-word-submit-new = 存并新建 savenew cbxj
lines-word-next-field = 下一栏目 nextfield
lines-word-previous-field = 上一栏目 previousfield
lines-word-complete-next = 下一候选 completenext
lines-word-complete-previous = 上一候选 completeprevious
lines-word-copy-above = 同上 copy above ts
lines-word-cancel = 放下 cancel fx
lines-word-discard = 丢弃草稿 discard dqcg
lines-word-undo = 撤销 undo u cx
lines-word-redo = 重做 redo
lines-word-where = 在哪 我在哪 where w zn
lines-word-last-message = 上次消息 刚才 last scxx
lines-word-help = 帮助 h help bz
lines-word-keys = 按键 keys aj
lines-word-lock = 锁定 锁 lock sd
lines-word-quit = 退出 q quit exit tc
lines-word-read = 读 念 r read d
lines-word-more = 继续 更多行 more jx
lines-word-again = 再说 重复 again zs
lines-word-all = 全部 全念 all qb
lines-word-list = 列表 l list lb
lines-word-act = 动作 a act actions dz
lines-word-pages = 页面 各页 pages ym
lines-word-manual = 手册 manual sc
lines-word-settings = 设置 settings sz
lines-word-topics = 手册目录 目录 topics ml
lines-word-drafts = 草稿 drafts cg
lines-word-who = 谁在 who
lines-word-history = 经过 历史 history jg
lines-word-tallies-count = 清点 qd
lines-word-switch-face = 屏幕 全屏 换屏幕 screen pm
