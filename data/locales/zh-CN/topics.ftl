# 手册里各页的名字。

topic-premises = 阵地
topic-loans = 借用
topic-funds = 基金
topic-books = 账户
topic-sharing = 分摊
topic-notices = 财务通报
topic-profile = 办公室规则

# 各种栏目里写什么。
field-help-text = 写文字
field-help-number = 写整数
field-help-money = 写金额，可以写算式 12.5*3
field-help-flag = 是 1 否 2
field-help-date = 写日期：0517、w3 周三、n3 下周三、+3 三天后
field-help-moment = 写日期和几点：0517 14:00
field-help-choice = 写号码、首字母或那个词
field-help-choices = 写号码，几个连着写 13
field-help-record = 写编号、姓名或首字母
field-help-resident-id = 写 18 位身份证号
field-help-certificate = 写 20 位残疾人证号
field-help-phone = 写电话，几个用逗号隔开
topic-appointments = 任职
topic-attendance = 签到
topic-consultations = 咨询
topic-transfers = 移交
topic-operators = 操作员
topic-training_needs = 培训需求
topic-training_plans = 培训计划
topic-leave = 请假
topic-signs = 标牌
topic-equipment = 器材
