# 耗材：栏目、列表、动作、回答、报表。
subject-consumables = 耗材
topic-consumables = 耗材
consumables-no = 编号
    .help = 不写就给下一个，例如 HC-16
consumables-name = 品名
    .help = 例如 A4复印纸
consumables-unit = 单位
    .help = 包、盒、个
consumables-quantity = 库存
    .help = 现有几个；以后只由收发改变
consumables-reorder_level = 最低库存
    .help = 到这个数就提醒采购
consumables-usual_price = 单价
    .help = 元；最近一次买的价
consumables-worth = 金额
consumables-average = 均价
consumables-place = 存放
    .help = 放在哪里，场地编号
consumables-note = 备注
    .help = 要记的话
consumables-closed = 停用
consumables-mark-low = 低
consumables-to-buy = 建议
consumables-suggest = 买 { $units }
consumables-heading-drawn = 各家领用
consumables-heading-moves = 最近收发
consumables-duty-low = 耗材 { $name } 剩 { $left } (低于 { $level })

# 列表
consumables-list-open = 在用
    .empty = 还没有耗材。按 n 建一种
consumables-list-low = 要买的
    .empty = 没有低于最低库存的
consumables-list-all = 全部
    .empty = 还没有耗材。按 n 建一种

# 动作
consumables-do-create = 新耗材
    .help = 品名、单位、现有几个
    .done = 已建 { $ref } { $name }
consumables-do-amend = 改耗材
    .help = 库存不在这里改，用入库、领用或盘点
    .done = 已改 { $ref } { $name }
consumables-do-close = 停用耗材
    .help = 不再用的；库存要先清零
    .ask = 停用 { $what }？
    .done = 已停用 { $ref } { $name }
consumables-do-reopen = 恢复耗材
    .help = 又要用了
    .ask = 恢复 { $what }？
    .done = 已恢复 { $ref } { $name }
undo-consumables = 停用和恢复不倒退：再做一次相反的

# 不行的时候
refusal-consumables-open = { $name } 在用
    .hint = 不用恢复
refusal-consumables-closed = { $name } 已停用
    .hint = 先恢复
refusal-consumables-left = { $name } 还有 { $left }
    .hint = 先领完或报损
refusal-consumables-negative = 不能小于零
    .hint = 写零或更大的数
refusal-consumables-taken = 已有 { $no } { $name }
    .hint = 收发用领用、入库，不用再建

# 报表
report-consumable-costs = 耗材领用费用表
report-consumable-costs-rule = 移动加权平均：每次按当时均价，四舍五入到分，最后一件带走余数；领用减退库
report-consumable-costs-org = 协会
report-consumable-costs-item = 品名
report-consumable-costs-units = 数量
report-consumable-costs-unit = 单位
report-consumable-costs-amount = 金额
report-consumable-costs-sum = 小计
report-consumable-costs-total = 合计
report-consumable-costs-lost = 损耗
report-consumable-costs-chart = 各家领用金额
report-consumable-costs-yuan = 元
report-consumable-costs-sentence = 领用金额：{ $all }
report-consumable-stock = 耗材库存表
report-consumable-stock-at = 截至 { $day }
report-consumable-stock-no = 编号
report-consumable-stock-item = 品名
report-consumable-stock-units = 库存
report-consumable-stock-unit = 单位
report-consumable-stock-level = 最低库存
report-consumable-stock-average = 均价
report-consumable-stock-worth = 金额
report-consumable-stock-mark = 提醒
report-consumable-stock-total = 库存金额合计 { $worth }
report-consumable-stock-signatures = 保管 ________ 复核 ________
