import ArgumentParser

/// What arguments and options mean that several commands have.
extension ArgumentHelp {
  static let nameOrID = said(en: "Name or id.", pt: "Nome ou id.", fr: "Nom ou identifiant.")
  static let webhook = said(
    en: "The webhook's id.", pt: "O id do webhook.", fr: "L’identifiant du webhook.")
  static let tag = said(
    en: "Name, alias or id.", pt: "Nome, apelido ou id.",
    fr: "Nom, alias ou identifiant.")
  static let customer = said(
    en: "Id, phone or name.", pt: "Id, telefone ou nome.",
    fr: "Identifiant, téléphone ou nom.")
  static let job = said(
    en: "The job's id.", pt: "O id da tarefa.", fr: "L’identifiant de la tâche.")
  static let segment = said(
    en: "The segment, by name or id.", pt: "O segmento, pelo nome ou id.",
    fr: "Le segment, par nom ou identifiant.")
  static let newName = said(
    en: "The new name.", pt: "O novo nome.", fr: "Le nouveau nom.", valueName: "text")
  static let ref = said(
    en: "The customer's id in another system.", pt: "O id do cliente em outro sistema.",
    fr: "L’identifiant du client dans un autre système.", valueName: "id")
  static let event = said(
    en: "The number of the event.", pt: "O número do evento.",
    fr: "Le numéro de l’événement.")
  static let input = said(
    en: "The file; - for standard input.", pt: "O arquivo; - para a entrada padrão.",
    fr: "Le fichier ; - pour l’entrée standard.")
  static let output = said(
    en: "Where to; standard output otherwise.", pt: "O destino; senão, a saída padrão.",
    fr: "La destination ; sinon la sortie standard.")
  static let ends = said(
    en: "When it ends by itself, RFC 3339 or a day.",
    pt: "Quando termina sozinho: RFC 3339 ou um dia.",
    fr: "Quand cela finit tout seul : RFC 3339 ou un jour.", valueName: "time")
  static let language = said(
    en: "en, fr or pt.", pt: "en, fr ou pt.",
    fr: "en, fr ou pt.", valueName: "language")
  static let timeZone = said(
    en: "The time zone; the shop's, if none.", pt: "O fuso horário; senão, o da loja.",
    fr: "Le fuseau horaire ; sinon celui de la boutique.", valueName: "name")
  static let purpose = said(
    en: "What it is there for.", pt: "Para que existe.",
    fr: "Pourquoi il existe.", valueName: "text")
  static let tagLanguage = said(
    en: "Names of tags in pt, fr or en.", pt: "Nomes das etiquetas em pt, fr ou en.",
    fr: "Noms des étiquettes en pt, fr ou en.", valueName: "language")
  static let switchedOn = said(
    en: "Switch it on at once.", pt: "Ligar já.", fr: "L’activer aussitôt.")
  static let scoredAt = said(
    en: "Scored at that moment.", pt: "Com as notas daquele momento.",
    fr: "Notés à ce moment-là.", valueName: "time")
}
