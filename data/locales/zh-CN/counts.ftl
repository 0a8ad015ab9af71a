# 现金盘点：栏目、列表、动作、回答。
subject-counts = 现金盘点
counts-counted_at = 盘点时间
    .help = 默认现在
counts-book = 现金账
    .help = 哪个现金账
counts-book_balance = 账面余额
counts-unposted = 未过账
counts-counted = 实存合计
counts-difference = 差异
counts-reason = 原因
    .help = 盘盈盘亏为什么；还不知道就写待查
counts-decision = 处理决定
    .help = 怎么处理，例如 由责任人补足
counts-counter = 盘点人
counts-witness = 监盘人
    .help = 另一位同事，姓名或首字母
counts-status = 状态
counts-alone = 单人模式
counts-pieces = 张数
    .help = 面额*张数，例如 100*21 1*3 0.5；没有现金写 0

# 列表
counts-list-all = 全部
    .empty = 还没有盘点过
counts-list-unsettled = 差异待处理
    .empty = 没有待处理的差异

# 动作
counts-do-count = 现金盘点
    .help = 一行写完各面额张数，要有另一人监盘
    .done = 已盘点 { $ref } 实存 { $counted } { $difference }
counts-do-settle = 处理差异
    .help = 写明处理决定；入账另做凭证
    .done = { $ref } { $difference } 已处理。差额入账请在日记账另做凭证
counts-do-void = 作废
    .help = 盘错了，重新盘
    .done = { $ref } 已作废

# 回答
counts-even = 账实相符
counts-short = 盘亏 { $fen }
counts-over = 盘盈 { $fen }
counts-piece = { $kind }元{ $n }张
counts-worth = { $n }张 { $fen }
counts-heading-pieces = 面额
counts-compensating = 单人模式盘点：无第二人监盘，须由秘书事后复核本表
counts-duty-difference = { $on }现金{ $difference }待处理
counts-duty-moved = { $book } { $on } 有收付未盘点
counts-duty-month = { $book }本月未盘点

# 不行的时候
refusal-counts-no-book = 还没有现金账
    .hint = 先在账户里建库存现金
refusal-counts-which-book = 不知道是哪个现金账，有 { $books }
    .hint = 写明现金账
refusal-counts-denomination = 没有面额 { $text }
    .hint = 面额是 100 50 20 10 5 1 0.5 0.1 0.05 0.02 0.01
refusal-counts-pieces = 张数看不懂：{ $text }
    .hint = 写 面额*张数，例如 100*21
refusal-counts-nobody = 没有同事叫 { $text }
    .hint = 写在岗同事的姓名
refusal-counts-alone = 盘点人和监盘人不能是同一个人
    .hint = 请另一位同事监盘
refusal-counts-cashiers = 两个人都是出纳
    .hint = 请不管现金的同事监盘
refusal-counts-void = { $ref } 已作废
    .hint = 重新盘点
refusal-counts-settled = { $ref } 已处理
    .hint = 要改先撤销处理
refusal-counts-no-difference = { $ref } 账实相符
    .hint = 没有差异要处理
refusal-counts-own-difference = { $ref } 是自己盘的，不能自己处理
    .hint = 请秘书或会计处理

# 报表
report-cash-count = 现金盘点表
report-cash-count-denomination = 面额
report-cash-count-pieces = 张数
report-cash-count-amount = 金额
report-cash-count-total = 实存合计
report-cash-count-balance = 账面余额
report-cash-count-even = 差异
report-cash-count-short = 盘亏
report-cash-count-over = 盘盈
report-cash-count-none = 这段时间没有盘点
report-cash-count-others = 这段时间另有 { $n } 次盘点，此表是最近一次
report-cash-count-of = { $ref } 盘点时间 { $at }
report-cash-count-difference = 结果：{ $text }
report-cash-count-reason = 原因：{ $text }
report-cash-count-decision = 处理决定：{ $text }
report-cash-count-signatures = 出纳 ________ 盘点人 { $counter } 监盘人 { $witness } 会计主管 ________
topic-counts = 现金盘点
