import APITypes
import ArgumentParser
import Client

struct CustomerFind: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "find",
    abstract: said(
      en: "Find customers by part of the name, phone or reference.",
      pt: "Encontrar clientes por parte do nome, telefone ou referência.",
      fr: "Trouver des clients par une partie du nom, le téléphone ou la référence."),
    discussion: said(
      en: "Exit code 3 when there is none.",
      pt: "Código de saída 3 quando não há nenhum.",
      fr: "Code de sortie 3 quand il n’y en a aucun."))

  @Argument(
    help: .said(
      en: "Part of the name, or a phone number as people write it.",
      pt: "Parte do nome, ou um telefone escrito como de costume.",
      fr: "Une partie du nom, ou un téléphone écrit comme d’habitude."))
  var text: String?

  @Option(
    help: .said(
      en: "The phone number, as people write it.",
      pt: "O número de telefone, escrito como de costume.",
      fr: "Le numéro de téléphone, écrit comme d’habitude.",
      valueName: "number"))
  var phone: String?

  @Option(help: .ref)
  var ref: String?

  @OptionGroup var limits: LimitOptions
  @OptionGroup var global: GlobalOptions

  func validate() throws {
    let given = [text, phone, ref].compactMap(\.self)
    guard given.count == 1 else {
      throw ValidationError(
        said(
          en: "Give a text, --phone or --ref.", pt: "Informe um texto, --phone ou --ref.",
          fr: "Donnez un texte, --phone ou --ref."))
    }
  }

  func perform(in session: Session) async throws {
    let isPhone = text.map(Finder.looksLikePhone) ?? false
    let phone = isPhone ? text : phone
    try await session.list(
      customerColumns(session.words), limit: limits.limit(default: nil),
      none: .customerUnknown(text ?? phone ?? ref ?? "")
    ) { limit, cursor in
      Paths.query(
        Paths.customers,
        [
          "q": isPhone ? nil : text, "phone": phone, "ref": ref,
          "limit": String(limit), "cursor": cursor,
        ])
    }
  }
}
