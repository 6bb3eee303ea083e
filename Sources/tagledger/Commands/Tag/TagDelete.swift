import APITypes
import ArgumentParser
import Client

struct TagDelete: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "delete",
    abstract: said(
      en: "Delete a tag for good; who has it loses it.",
      pt: "Excluir uma etiqueta para sempre; quem a tem a perde.",
      fr: "Supprimer une étiquette pour toujours ; qui l’a la perd."),
    discussion: said(
      en: """
        Asks first, with the number of customers. `tag archive` keeps what is known and can be \
        taken back. The change log keeps everything in either case.
        """,
      pt: """
        Pergunta antes, com o número de clientes. `tag archive` guarda o que se sabe e pode ser \
        desfeito. O histórico de mudanças guarda tudo em qualquer caso.
        """,
      fr: """
        Demande d’abord confirmation, avec le nombre de clients. `tag archive` garde ce qui est \
        connu et peut être annulé. Le journal des changements garde tout dans les deux cas.
        """))

  @Argument(help: .tag, completion: tagCompletion)
  var tag: String

  @OptionGroup var confirm: ConfirmOptions
  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    try session.refuseSheets()
    let tag = try await session.finder.tag(tag)
    if !change.dryRun {
      try session.confirm(session.words.asksDelete(tag.name, tag.customers), confirm)
    }
    // The daemon refuses when the number is no longer the one that was agreed to.
    let target = Paths.query(
      Paths.tag(tag.id),
      [
        "customers": String(tag.customers), "reason": change.reason,
        "dry_run": change.dryRun ? "true" : nil,
      ])
    let (_, bytes) = try await session.client.send(Request(.delete, target))
    let receipt: DeleteReceipt = try Client.decode(bytes)
    try session.report(receipt, ids: [String(tag.id)]) {
      session.words.deleted(tag.name, receipt.customers)
    }
  }
}
