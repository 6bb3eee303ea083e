import APITypes
import ArgumentParser
import Client

struct CustomerMerge: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge",
    abstract: said(
      en: "Merge a customer into another one, who is the same person.",
      pt: "Unir um cliente a outro, que é a mesma pessoa.",
      fr: "Fusionner un client dans un autre, qui est la même personne."),
    discussion: said(
      en: "Unites their tags; neither history is lost. Asks first.",
      pt: "Reúne as etiquetas dos dois; nenhum dos históricos se perde. Pergunta antes.",
      fr:
        "Réunit leurs étiquettes ; aucun des historiques n’est perdu. Demande d’abord confirmation."
    ))

  @Argument(
    help: .said(
      en: "The customer that goes: id, phone or name.",
      pt: "O cliente que sai: id, telefone ou nome.",
      fr: "Le client qui disparaît : identifiant, téléphone ou nom."))
  var customer: String

  @Option(
    help: .said(
      en: "The customer that stays.",
      pt: "O cliente que fica.",
      fr: "Le client qui reste.",
      valueName: "customer"))
  var into: String

  @OptionGroup var confirm: ConfirmOptions
  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    try session.refuseSheets()
    let source = try await session.finder.customer(customer)
    let target = try await session.finder.customer(into)
    let path = Paths.customerMerge(source.id)
    var draft = CustomerMergeDraft(into: target.id, reason: change.reason, dryRun: true)
    var receipt: MergeReceipt = try await session.client.send(.post, path, draft)
    let (from, to) = (Self.title(source), Self.title(target))
    if !change.dryRun {
      let preview = session.words.asksMerge(
        from, into: to, session.words.figures(of: receipt))
      try session.confirm(preview, confirm)
      draft.dryRun = nil
      receipt = try await session.client.send(.post, path, draft)
    }
    try session.report(receipt, ids: [String(target.id)]) {
      session.words.merged(from, into: to, session.words.figures(of: receipt))
    }
  }

  /// Two customers who are one often have one name: the id tells them apart.
  private static func title(_ customer: CustomerDocument) -> String {
    ["\(customer.id)", customer.name].compactMap(\.self).joined(separator: " ")
  }
}
