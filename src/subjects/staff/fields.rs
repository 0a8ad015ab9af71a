//! The record of someone who works here, described once (G-6.3.1, SPEC App. E Person), and what its forms ask besides. Knows
//! no SQL.

use crate::catalog::Catalog;
use crate::desk::field::{Field, Findable, Kind, Privacy, Record, Set, Word};
use crate::subjects::set;
use crate::values::dates::Bias;

/// What someone can do.
pub(crate) fn skills(catalog: &Catalog) -> Vec<Word> {
    set(catalog, "skills")
}

pub(crate) const CODE: Field =
    Field::new("code", Kind::Text).find(Findable::Code).synonyms(&["person_id", "编号", "工号", "人员编号"]);
pub(crate) const NAME: Field =
    Field::new("name", Kind::Text).required().column(4).find(Findable::Name).synonyms(&["姓名", "名字"]);
pub(crate) const SEX: Field = Field::new("sex", Kind::Choice(Set::Named("sexes"))).synonyms(&["性别"]);
pub(crate) const BIRTH: Field = Field::new("birth", Kind::Date(Bias::Record))
    .private(Privacy::Hidden)
    .synonyms(&["出生日期", "出生年月", "生日"]);
pub(crate) const RESIDENT_ID: Field = Field::new("resident_id", Kind::ResidentId)
    .private(Privacy::ResidentId)
    .find(Findable::Number)
    .synonyms(&["id_number", "身份证号", "身份证号码", "证件号"]);
pub(crate) const PHONE: Field = Field::new("phone", Kind::Phone)
    .private(Privacy::Phone)
    .find(Findable::Number)
    .synonyms(&["mobile", "手机", "电话", "联系电话", "手机号"]);
pub(crate) const KIND: Field = Field::new("kind", Kind::Choice(Set::Named("staff_kinds")))
    .required()
    .column(4)
    .synonyms(&["人员类别", "类别", "类型"]);
pub(crate) const ORG: Field = Field::new("org", Kind::Choice(Set::Named("orgs")))
    .required()
    .column(2)
    .synonyms(&["home_org", "协会", "所属协会", "单位"]);
pub(crate) const CHANNEL: Field = Field::new("channel", Kind::Choice(Set::Named("staff_channels")))
    .synonyms(&["engagement_channel", "来源", "用工形式"]);
pub(crate) const ROLE: Field =
    Field::new("role", Kind::Text).column(6).find(Findable::Text).synonyms(&["职务", "岗位"]);
pub(crate) const SKILLS: Field = Field::new("skills", Kind::Choices(Set::Named("skills")))
    .column(12)
    .find(Findable::Text)
    .synonyms(&["技能", "专长", "专业能力"]);
pub(crate) const LANGUAGES: Field = Field::new("languages", Kind::Choices(Set::Named("staff_languages")))
    .find(Findable::Text)
    .synonyms(&["语言", "沟通方式"]);
pub(crate) const DISABILITY: Field = Field::new("own_disability", Kind::Choices(Set::Named("categories")))
    .private(Privacy::Hidden)
    .synonyms(&["本人残疾", "残疾类别"]);
pub(crate) const ACCOMMODATION: Field =
    Field::new("accommodation", Kind::Text).synonyms(&["便利需求", "本人需要"]);
pub(crate) const AVAILABILITY: Field =
    Field::new("availability", Kind::Text).column(8).synonyms(&["可用时间", "工作时间", "到岗时间"]);
pub(crate) const VOLUNTEER_NO: Field =
    Field::new("volunteer_no", Kind::Text).find(Findable::Code).synonyms(&["志愿者编号", "志愿者号"]);
pub(crate) const CONTRACT: Field =
    Field::new("contract_until", Kind::Date(Bias::Planning)).synonyms(&["合同到期", "合同期至", "协议期至"]);
pub(crate) const INSURANCE: Field =
    Field::new("insurance_until", Kind::Date(Bias::Planning)).synonyms(&["保险到期", "保险期至"]);
pub(crate) const EMERGENCY_NAME: Field =
    Field::new("emergency_name", Kind::Text).private(Privacy::Name).synonyms(&["紧急联系人"]);
pub(crate) const EMERGENCY_PHONE: Field = Field::new("emergency_phone", Kind::Phone)
    .private(Privacy::Phone)
    .synonyms(&["紧急联系电话", "紧急联系人电话"]);
pub(crate) const EMERGENCY_RELATION: Field =
    Field::new("emergency_relation", Kind::Text).synonyms(&["紧急联系人关系"]);
pub(crate) const NOTE: Field = Field::new("note", Kind::Long).find(Findable::Text).synonyms(&["备注"]);
pub(crate) const JOINED: Field =
    Field::new("joined_on", Kind::Date(Bias::Record)).synonyms(&["到岗日期", "入职日期", "加入日期"]);
pub(crate) const LEFT: Field =
    Field::new("left_on", Kind::Date(Bias::Record)).synonyms(&["离岗日期", "离职日期"]);
pub(crate) const LEFT_REASON: Field = Field::new("left_reason", Kind::Text);
pub(crate) const STATE: Field =
    Field::new("state", Kind::Choice(Set::Named("staff_states"))).synonyms(&["status", "状态", "在岗情况"]);

/// Someone who works here.
pub(crate) static RECORD: Record = Record {
    table: "staff",
    reference: "code",
    fields: &[
        CODE,
        NAME,
        SEX,
        BIRTH,
        RESIDENT_ID,
        PHONE,
        KIND,
        ORG,
        CHANNEL,
        ROLE,
        SKILLS,
        LANGUAGES,
        DISABILITY,
        ACCOMMODATION,
        AVAILABILITY,
        VOLUNTEER_NO,
        CONTRACT,
        INSURANCE,
        EMERGENCY_NAME,
        EMERGENCY_PHONE,
        EMERGENCY_RELATION,
        NOTE,
        JOINED,
        LEFT,
        LEFT_REASON,
        STATE,
    ],
};

// Asked by actions, kept elsewhere than in the record.
/// One skill, to say more about it.
pub(crate) const SKILL: Field = Field::new("skill", Kind::Choice(Set::Named("skills"))).required();
pub(crate) const LEVEL: Field = Field::new("level", Kind::Choice(Set::Named("skill_levels")));
pub(crate) const CERTIFICATE: Field = Field::new("certificate", Kind::Text);
pub(crate) const ISSUED: Field = Field::new("issued_on", Kind::Date(Bias::Record));
pub(crate) const EXPIRES: Field = Field::new("expires_on", Kind::Date(Bias::Planning));
pub(crate) const REASON: Field = Field::new("reason", Kind::Text).required();
/// Name of the account with which someone signs in.
pub(crate) const ACCOUNT: Field = Field::new("account", Kind::Text);
/// The first day of the time an hours certificate is about.
pub(crate) const FROM: Field = Field::new("from_on", Kind::Date(Bias::Record));
/// The last day of it.
pub(crate) const TO: Field = Field::new("to_on", Kind::Date(Bias::Record));
