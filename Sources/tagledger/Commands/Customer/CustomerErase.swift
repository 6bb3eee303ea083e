import APITypes
import ArgumentParser
import Client

struct CustomerErase: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "erase",
    abstract: said(
      en: "Erase a person beyond recovery; asks first.",
      pt: "Apagar uma pessoa de forma irrecuperável; pergunta antes.",
      fr: "Effacer une personne sans retour possible ; demande d’abord confirmation."),
    discussion: said(
      en: """
        Destroys the key of their name, phone, reference, notes, attributes and needs, the \
        ciphertext, and every copy that the daemon keeps; ends with a report. Who was merged into \
        them goes too. It needs --reason and cannot be undone.

        The number, the tag history, times, reasons and details stay for ever: never write \
        personal data into a reason, a detail or the name of a file.
        """,
      pt: """
        Destrói a chave do nome, do telefone, da referência, das notas, dos atributos e das \
        necessidades, os valores selados e todas as cópias que o serviço guarda; termina com um \
        relatório. Quem foi unido a essa pessoa também some. Exige --reason e não pode ser \
        desfeito.

        O número, o histórico de etiquetas, horas, motivos e detalhes ficam para sempre: nunca \
        escreva dados pessoais num motivo, num detalhe ou no nome de um arquivo.
        """,
      fr: """
        Détruit la clé du nom, du téléphone, de la référence, des notes, des attributs et des \
        besoins, les valeurs scellées, et toutes les copies que garde le service ; se termine par \
        un rapport. Qui a été fusionné dans cette personne disparaît aussi. Exige --reason et ne \
        peut être annulé.

        Le numéro, l’historique des étiquettes, les heures, les motifs et les détails restent pour \
        toujours : n’écrivez jamais de données personnelles dans un motif, un détail ou le nom \
        d’un fichier.
        """))

  @Argument(help: .customer)
  var customer: String

  @OptionGroup var confirm: ConfirmOptions
  @OptionGroup var change: ChangeOptions
  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    try session.refuseSheets()
    let found = try await session.finder.customer(customer)
    let path = Paths.customerErase(found.id)
    var draft = ReasonDraft(reason: change.reason, dryRun: true)
    var receipt: ErasureReceipt = try await session.client.send(.post, path, draft)
    let isErased = receipt.customers.isEmpty
    if !change.dryRun, !isErased {
      let preview = session.words.asksErase(receipt)
      try session.confirm(preview, confirm)
      draft.dryRun = nil
      receipt = try await session.client.send(.post, path, draft)
      if let job = receipt.job { receipt.job = try await session.follow(job) }
    } else if isErased {
      receipt.dryRun = false
    }
    try session.report(receipt, ids: receipt.customers.map(String.init)) {
      session.words.erased(receipt)
    }
    if let job = receipt.job, job.state != .done { throw Failure.jobFailed(job.problem) }
  }
}
