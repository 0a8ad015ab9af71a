//! The record of a person served, described once (SPEC App. E Client), and the closed sets its fields take. Knows no
//! SQL; what follows from the values is in `rules`.

use crate::catalog::Catalog;
use crate::desk::field::{Field, Findable, Kind, Privacy, Record, Set, Word};
use crate::subjects::set;
use crate::values::dates::Bias;

fn categories(catalog: &Catalog) -> Vec<Word> {
    set(catalog, "categories")
}

fn methods(catalog: &Catalog) -> Vec<Word> {
    set(catalog, "consent_methods")
}

/// What 多重 may be made of: every category but itself.
pub(crate) fn components(catalog: &Catalog) -> Vec<Word> {
    categories(catalog).into_iter().filter(|word| word.kept != super::rules::MULTIPLE).collect()
}

/// How consent is given at intake, or that it is not given yet.
fn consents(catalog: &Catalog) -> Vec<Word> {
    let mut all = methods(catalog);
    all.push(Word {
        kept: NO_CONSENT.into(),
        zh: NO_CONSENT.into(),
        en: "not yet".into(),
        also: vec!["待补签".into(), "无".into()],
        ..Word::default()
    });
    all
}

/// The word for consent that is still to be given.
pub(crate) const NO_CONSENT: &str = "暂缺";

pub(crate) const NAME: Field = Field::new("name", Kind::Text)
    .required()
    .column(4)
    .private(Privacy::Name)
    .find(Findable::Name)
    .synonyms(&["名字", "服务对象", "残疾人姓名"]);
pub(crate) const SEX: Field = Field::new("sex", Kind::Choice(Set::Named("sexes")));
pub(crate) const BIRTH: Field =
    Field::new("birth", Kind::Date(Bias::Record)).private(Privacy::Hidden).synonyms(&["出生年月"]);
pub(crate) const RESIDENT_ID: Field = Field::new("resident_id", Kind::ResidentId)
    .private(Privacy::ResidentId)
    .find(Findable::Number)
    .synonyms(&["身份证号", "身份证号码", "公民身份号码", "证件号", "id_number"]);
pub(crate) const CERTIFICATE: Field = Field::new("certificate", Kind::Certificate)
    .private(Privacy::Certificate)
    .find(Findable::Number)
    .synonyms(&["残疾证号", "残疾人证号", "残疾人证号码", "cert_no"]);
pub(crate) const CERT_STATUS: Field =
    Field::new("cert_status", Kind::Choice(Set::Named("cert_statuses"))).column(3).synonyms(&["持证情况"]);
pub(crate) const CATEGORY: Field =
    Field::new("category", Kind::Choice(Set::Named("categories"))).column(2).synonyms(&["残疾类别", "类别"]);
pub(crate) const LEVEL: Field =
    Field::new("level", Kind::Choice(Set::Named("levels"))).column(2).synonyms(&["残疾等级", "级别", "等级"]);
pub(crate) const COMPONENTS: Field = Field::new("components", Kind::Choices(Set::Made(components)))
    .synonyms(&["component_categories", "多重类别"]);
pub(crate) const AUTISM: Field = Field::new("autism_flag", Kind::Flag).synonyms(&["孤独症"]);
pub(crate) const PHONE: Field = Field::new("phone", Kind::Phone)
    .private(Privacy::Phone)
    .find(Findable::Number)
    .synonyms(&["联系电话", "手机", "电话", "手机号", "mobile"]);
pub(crate) const COMMUNITY: Field =
    Field::new("community", Kind::Text).column(5).sticky().synonyms(&["社区", "村社区", "村（社区）"]);
pub(crate) const HOUSEHOLD: Field = Field::new("household", Kind::Text);
pub(crate) const GUARDIAN_NAME: Field = Field::new("guardian_name", Kind::Text)
    .private(Privacy::Name)
    .find(Findable::Other)
    .synonyms(&["监护人", "guardian"]);
pub(crate) const GUARDIAN_RELATION: Field =
    Field::new("guardian_relation", Kind::Choice(Set::Named("guardian_relations"))).synonyms(&["与本人关系"]);
pub(crate) const GUARDIAN_PHONE: Field = Field::new("guardian_phone", Kind::Phone)
    .private(Privacy::Phone)
    .find(Findable::Number)
    .synonyms(&["监护人电话", "guardian_mobile"]);
pub(crate) const VERIFIED: Field = Field::new("last_verified_on", Kind::Date(Bias::Record));
pub(crate) const CERT_ISSUED: Field =
    Field::new("cert_issued", Kind::Date(Bias::Record)).synonyms(&["发证日期"]);
pub(crate) const CERT_EXPIRY: Field =
    Field::new("cert_expiry", Kind::Date(Bias::Planning)).synonyms(&["有效期", "有效期至"]);
pub(crate) const TOWNSHIP: Field =
    Field::new("township", Kind::Text).sticky().synonyms(&["街道", "乡镇", "镇（街道）"]);
pub(crate) const ADDRESS: Field =
    Field::new("address", Kind::Text).private(Privacy::Address).synonyms(&["家庭住址", "住址"]);
pub(crate) const DIVISION: Field = Field::new("division_code", Kind::Text);
pub(crate) const COMMUNICATION: Field =
    Field::new("communication_mode", Kind::Choices(Set::Named("communication_modes")))
        .synonyms(&["沟通方式"]);
pub(crate) const HARDSHIP: Field = Field::new("hardship_tags", Kind::Choices(Set::Named("hardship_tags")))
    .synonyms(&["困难类型", "hardship_tag"]);
pub(crate) const WISHES: Field = Field::new("wishes", Kind::Long).find(Findable::Text);
pub(crate) const LEGAL_BASIS: Field = Field::new("legal_basis", Kind::Choice(Set::Named("legal_bases")));
pub(crate) const NOTE: Field = Field::new("note", Kind::Long).find(Findable::Text).synonyms(&["备注"]);
pub(crate) const VOIDED_ON: Field = Field::new("voided_on", Kind::Date(Bias::Record));
pub(crate) const VOID_REASON: Field = Field::new("void_reason", Kind::Text);
pub(crate) const ERASE_ASKED_ON: Field = Field::new("erase_asked_on", Kind::Date(Bias::Record));
pub(crate) const ERASE_ASKED_BY: Field = Field::new("erase_asked_by", Kind::Text);
pub(crate) const ERASE_REASON: Field = Field::new("erase_reason", Kind::Text);
pub(crate) const ERASED_ON: Field = Field::new("erased_on", Kind::Date(Bias::Record));

/// A person served.
pub(crate) static RECORD: Record = Record {
    table: "client",
    reference: "code",
    fields: &[
        NAME,
        SEX,
        BIRTH,
        RESIDENT_ID,
        CERTIFICATE,
        CERT_STATUS,
        CATEGORY,
        LEVEL,
        COMPONENTS,
        AUTISM,
        CERT_ISSUED,
        CERT_EXPIRY,
        PHONE,
        TOWNSHIP,
        COMMUNITY,
        ADDRESS,
        DIVISION,
        HOUSEHOLD,
        GUARDIAN_NAME,
        GUARDIAN_RELATION,
        GUARDIAN_PHONE,
        COMMUNICATION,
        HARDSHIP,
        WISHES,
        VERIFIED,
        LEGAL_BASIS,
        NOTE,
        VOIDED_ON,
        VOID_REASON,
        ERASE_ASKED_ON,
        ERASE_ASKED_BY,
        ERASE_REASON,
        ERASED_ON,
    ],
};

// Asked by actions, kept elsewhere than in the record.
pub(crate) const SCOPE: Field = Field::new("scope", Kind::Choice(Set::Named("consent_scopes"))).required();
pub(crate) const PURPOSE: Field = Field::new("purpose", Kind::Text);
pub(crate) const GIVEN_BY: Field = Field::new("given_by", Kind::Text).required();
pub(crate) const GIVEN_ON: Field = Field::new("given_on", Kind::Date(Bias::Record)).required();
pub(crate) const METHOD: Field = Field::new("method", Kind::Choice(Set::Named("consent_methods"))).required();
pub(crate) const REASON: Field = Field::new("reason", Kind::Text).required();
pub(crate) const MEMBER: Field = Field::new("member", Kind::Ref("people")).required();
/// How consent to intake and routing was given.
pub(crate) const CONSENT: Field = Field::new("consent", Kind::Choice(Set::Made(consents)));
/// The reference, for people who bring their files from elsewhere.
pub(crate) const CODE: Field =
    Field::new("code", Kind::Text).synonyms(&["client_id", "编号", "服务对象编号"]);
