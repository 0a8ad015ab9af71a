# 会计期间：栏目、列表、动作、回答。
subject-periods = 月份结账
periods-period = 月份
periods-status = 状态
periods-closed_on = 结账日期
periods-closed_by = 结账人
periods-held = 各账合计
periods-funds = 各基金合计
periods-close_reason = 结账说明
periods-reopen_reason = 反结账原因
periods-reopen_secretary = 秘书同意
periods-reopen_accountant = 会计同意
periods-reason = 原因
    .help = 会记入经过

# 列表
periods-list-all = 全部
    .empty = 还没有月份。用 列出月份
periods-list-open = 未结账
    .empty = 都结账了

# 动作
periods-do-close = 结账
    .help = 按月份顺序；该月都过账、基金与账相符才行
    .ask = { $ref } 对平：账上 { $held }，各基金 { $funds }。结账？
    .done = { $ref } 已结账 { $text }
periods-do-reopen = 反结账
    .help = 秘书和会计各做一次才打开
    .done = { $ref } { $text }
periods-do-begin = 列出月份
    .help = 补齐从启用到本月的月份
    .done = 已列到 { $ref }

# 回答
periods-status-half-open = 待反结账
periods-half-open = 已同意反结账，等另一位
periods-now-open = 已反结账，重新开放
periods-waiting = 还没有
periods-checks = 检查
periods-ready = 可以结账
periods-refused = 不行
periods-warning = 注意
periods-heading-checks = 结账检查
periods-duty-close = { $ref } 待结账
periods-duty-reopen = { $ref } 反结账等同意
undo-periods-close = 结账要用反结账打开
undo-periods-reopen = 再结一次账
undo-periods-begin = 月份不删

# 不行的时候
refusal-periods-before-open = { $before } 还没结账
    .hint = 按顺序，先结 { $before }
refusal-periods-not-over = { $ref } 还没过完
    .hint = { $on } 起可以结
refusal-periods-unposted = { $ref } 还有 { $n } 笔没过账
    .hint = 先审核、过账或作废
refusal-periods-differs = { $ref } 各基金合计比各账多 { $fen }
    .hint = 先查出不符的凭证
refusal-periods-uncounted = { $ref } 没有盘点现金
    .hint = 先盘点，或写明原因
refusal-periods-unreconciled = { $ref } { $books } 没有对平
    .hint = 先勾对、写说明，或写明原因
refusal-periods-closed = { $ref } 已结账
    .hint = 要改用反结账
refusal-periods-open = { $ref } 没有结账
    .hint = 不用反结账
refusal-periods-next-closed = { $next } 已结账
    .hint = 从最后一个月起反结账
refusal-periods-consented = { $ref } 你已同意反结账
    .hint = 还要 { $post } 同意
refusal-periods-other-post = { $ref } 要 { $post } 同意
    .hint = 请 { $post } 登录后做一次
refusal-periods-no-book = 还没有账户
    .hint = 先建库存现金和银行存款
refusal-periods-all-there = 月份已列到 { $ref }
    .hint = 不用再列
refusal-periods-stays = { $ref } 不能收回
    .hint = 月份不删

# 报表
report-year-end = 年终结账清单
report-year-end-of = { $year } 年度，按顺序办理
report-year-end-no = 序
report-year-end-step = 事项
report-year-end-state = 办理
report-year-end-said = 情况
report-year-end-is-done = 已办
report-year-end-is-open = 未办
report-year-end-is-elsewhere = 另行登记
report-year-end-step-post = 全部过账
report-year-end-step-count = 盘点现金
report-year-end-step-reconcile = 银行对账
report-year-end-step-advances = 清理备用金和借款
report-year-end-step-true-up = 分摊多退少补
report-year-end-step-close = 各月结账
report-year-end-step-carry = 结转下年、上年结转
report-year-end-step-compile = 编制决算和通报
report-year-end-step-deliberate = 各协会审议
report-year-end-step-publish = 公示
report-year-end-step-archive = 归档
report-year-end-unposted = 未过账 { $value } 笔
report-year-end-uncounted = 12月未盘点 { $value }
report-year-end-unreconciled = 12月未对平 { $value }
report-year-end-advances-left = 未清理 { $value }
report-year-end-true-ups = 做过 { $value } 次
report-year-end-closed = 已结 { $value } 个月
report-year-end-carried = 结余 { $value }
report-year-end-notices = 12月通报 { $value } 份
topic-periods = 月份结账
