import APITypes
import ArgumentParser

/// What is known of a customer beside the name.
struct CustomerFields: ParsableArguments {
  @Option(
    help: .said(
      en: "As people write it; stored as E.164.",
      pt: "Escrito como de costume; guardado em E.164.",
      fr: "Écrit comme d’habitude ; gardé en E.164.",
      valueName: "number"))
  var phone: String?

  @Option(
    help: .said(
      en: "Free text.",
      pt: "Texto livre.",
      fr: "Texte libre.",
      valueName: "text"))
  var notes: String?

  @Option(
    name: .customLong("attribute"),
    help: .said(
      en: "Such as student or company buyer; may be repeated.",
      pt: "Como estudante ou comprador de empresa; pode ser repetido.",
      fr: "Comme étudiant ou acheteur d’entreprise ; peut être répété.",
      valueName: "text"))
  var attributes: [String] = []

  @Option(
    name: .customLong("need"),
    help: .said(
      en: "Such as weekend delivery; may be repeated.",
      pt: "Como entrega no fim de semana; pode ser repetido.",
      fr: "Comme livraison le week-end ; peut être répété.",
      valueName: "text"))
  var needs: [String] = []

  @Option(help: .ref)
  var ref: String?

  @Option(
    help: .said(
      en: "Where they came from.",
      pt: "De onde o cliente veio.",
      fr: "D’où vient le client.",
      valueName: "text"))
  var channel: String?

  var isEmpty: Bool {
    phone == nil && notes == nil && attributes.isEmpty && needs.isEmpty && ref == nil
      && channel == nil
  }

  func draft(name: String?, _ change: ChangeOptions) -> CustomerDraft {
    CustomerDraft(
      name: name, phone: phone, notes: notes, attributes: Self.list(attributes),
      needs: Self.list(needs), ref: ref, channel: channel, reason: change.reason,
      dryRun: change.dryRunField)
  }

  /// Not given: nil, unchanged. Given as an empty text: an empty list.
  private static func list(_ texts: [String]) -> [String]? {
    texts.isEmpty ? nil : texts.filter { !$0.isEmpty }
  }
}
