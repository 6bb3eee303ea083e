import APITypes
import ArgumentParser

/// What is said of a tag beside its name.
struct TagFields: ParsableArguments {
  @Option(
    help: .said(
      en: "When the tag applies.",
      pt: "Quando a etiqueta se aplica.",
      fr: "Quand l’étiquette s’applique.",
      valueName: "text"))
  var criterion: String?

  @Option(
    help: .said(
      en: "What to do with who has it.",
      pt: "O que fazer com quem a tem.",
      fr: "Que faire avec qui l’a.",
      valueName: "text"))
  var followUp: String?

  @Option(
    help: .said(
      en: "A set, of whose tags a customer has one at a time.",
      pt: "Um conjunto, de cujas etiquetas um cliente tem uma por vez.",
      fr: "Un ensemble, dont un client n’a qu’une étiquette à la fois.",
      valueName: "name"))
  var set: String?

  @Option(
    help: .said(
      en: "Last day of a campaign, YYYY-MM-DD.",
      pt: "Último dia de uma campanha, YYYY-MM-DD.",
      fr: "Dernier jour d’une campagne, YYYY-MM-DD.",
      valueName: "date"))
  var ends: String?

  var isEmpty: Bool { criterion == nil && followUp == nil && set == nil && ends == nil }

  func draft(
    name: String? = nil, color: String? = nil, _ change: ChangeOptions
  ) -> TagDraft {
    TagDraft(
      name: name, color: color, criterion: criterion, followUp: followUp, set: set, ends: ends,
      reason: change.reason, dryRun: change.dryRunField)
  }
}
