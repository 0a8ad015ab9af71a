# 日记账的报表与账本文件

report-posted-only = 只算已过账的凭证
report-red = { $amount } 红字
report-side-debit = 借
report-side-credit = 贷
report-side-flat = 平
report-funds-agree = 各基金合计 { $funds } 与现金银行合计 { $held } 相符
report-funds-differ = 各基金合计 { $funds } 与现金银行合计 { $held } 不符，差 { $difference }
report-fund-transfer = 基金间划转
report-opening = 期初余额
report-closing = 期末余额
report-restricted = 限定性
report-unrestricted = 非限定性
unit-yuan = 元

report-money-date = 日期
report-money-month = 月份
report-money-voucher = 凭证
report-money-summary = 摘要
report-money-what = 日期摘要或科目
report-money-counter = 对方科目
report-money-account = 科目
report-money-fund = 基金
report-money-fund-name = 基金名称
report-money-org = 协会
report-money-restriction = 限定
report-money-received = 收入
report-money-paid = 支出
report-money-transferred = 划转
report-money-opening = 期初
report-money-closing = 期末
report-money-side = 借或贷
report-money-balance = 余额
report-money-debit = 借方
report-money-credit = 贷方
report-money-opening-debit = 期初借方
report-money-opening-credit = 期初贷方
report-money-closing-debit = 期末借方
report-money-closing-credit = 期末贷方
report-money-actual = 决算数
report-money-difference = 收支差额
report-money-held = 月末结存

report-cash-journal = 现金日记账
report-bank-journal = 银行存款日记账
report-from-last-year = 上年结转
report-brought-over = 承前页（第 { $page } 页）
report-carried-over = 过次页（第 { $page } 页）
report-day-total = 本日合计
report-month-total = 本月合计
report-year-total = 本年累计
report-to-next-year = 结转下年

report-voucher = 记账凭证
report-voucher-note = 共 { $n } 张
report-signed = 签章
report-signatures = 附件 { $n } 张 制单 { $preparer } 审核 { $reviewer } 记账 { $bookkeeper } 出纳 { $cashier }
report-alone = 单人模式

report-rp-17 = 基金收支明细表
report-overridden = 突破限制 { $date } { $no } { $funds } { $summary } { $amount } { $block } 理由 { $reason } 秘书 { $secretary } 会计 { $accountant }
report-overridden-none = 没有突破限制的凭证
report-fund-ledger = 基金明细账

report-trial-balance = 试算平衡表
report-trial-balance-note = 收入和费用从年初起算，以前年度的已转入净资产
report-balanced = 借贷相等
report-unbalanced = 借贷不等：期初差 { $opening }，本期差 { $moved }，期末差 { $closing }

report-rp-22 = 年度收支执行情况
report-rp-22-sum = 期初 { $opening } 收入 { $received } 支出 { $paid } 期末 { $closing }
report-given-shared = 转出:运转费分摊
report-taken-shared = 转入:运转费分摊
report-given = 转出:基金间划转
report-taken = 转入:基金间划转

report-receipts-payments = 各月收支
report-receipts-payments-sentence = { $n } 个月 收入 { $received } 支出 { $paid }，收入最多 { $most_in } { $in_amount }，支出最多 { $most_out } { $out_amount }
report-receipts-payments-none = 这段时间没有收支

ledger-file-title = 联办 日记账 供 hledger 或 ledger 使用
ledger-file-note = 钱按科目和基金分列。基金间划转和期初数记在最后一个账户下，因为共管账户里的钱不分哪一元是哪个基金的。
ledger-file-assets = 资产
ledger-file-liabilities = 负债
ledger-file-net-assets = 净资产
ledger-file-income = 收入
ledger-file-expenses = 费用

refusal-journal-other-half = 这是从{ $book }转来的，前面没有那一笔支出
    .hint = 把{ $book }的支出那一行放在前面
