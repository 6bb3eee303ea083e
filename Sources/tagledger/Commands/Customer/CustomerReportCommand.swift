import APITypes
import ArgumentParser
import Client

struct CustomerReportCommand: LedgerCommand {
  static let configuration = CommandConfiguration(
    commandName: "report",
    abstract: said(
      en: "Write down everything known of one person, as JSON.",
      pt: "Escrever tudo o que se sabe de uma pessoa, em JSON.",
      fr: "Écrire tout ce qui est connu d’une personne, en JSON."),
    discussion: said(
      en: """
        For whoever asks what is known of them: each field with all it has ever been, tags with \
        since when and why, files, merges, and every event about them.

          tagledger customer report 17 customer-17.json
        """,
      pt: """
        Para quem pergunta o que se sabe a seu respeito: cada campo com tudo o que já foi, \
        etiquetas com desde quando e por quê, arquivos, uniões e todos os eventos sobre a pessoa.

          tagledger customer report 17 customer-17.json
        """,
      fr: """
        Pour qui demande ce que l’on sait à son sujet : chaque champ avec tout ce qu’il a été, les \
        étiquettes avec depuis quand et pourquoi, les fichiers, les fusions et chaque événement \
        qui concerne la personne.

          tagledger customer report 17 customer-17.json
        """))

  @Argument(help: .customer)
  var customer: String

  @Argument(help: .output, completion: .file())
  var file: String = "-"

  @OptionGroup var global: GlobalOptions

  func perform(in session: Session) async throws {
    try session.refuseSheets()
    let found = try await session.finder.customer(customer)
    let report: CustomerReport = try await session.client.get(Paths.customerReport(found.id))
    let text = JSONText.pretty(report)
    guard !OutputFile.isStandard(file) else { return session.print(text) }
    let bytes = Array("\(text)\n".utf8)
    let output = try OutputFile(file)
    try output.write(bytes)
    try output.finish()
    if !session.quiet {
      session.remark(session.words.saved(file, session.words.bytes(Int64(bytes.count))))
    }
  }
}
