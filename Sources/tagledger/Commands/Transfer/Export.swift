import APITypes
import ArgumentParser
import Client

struct Export: LedgerCommand {
  static let configuration = CommandConfiguration(
    abstract: said(
      en: "Export customers, who has which tag, or the tag history, as CSV.",
      pt: "Exportar em CSV os clientes, quem tem qual etiqueta, ou o histórico de etiquetas.",
      fr: "Exporter en CSV les clients, qui a quelle étiquette, ou l’historique des étiquettes."),
    discussion: said(
      en: """
        What is exported can be imported again.

          tagledger export customers clientes.csv --delimiter semicolon
          tagledger export memberships --tag VIP > vip.csv
          tagledger export customers --filter 'tag:VIP' --columns 'name, phone, spent(last 365d)'
        """,
      pt: """
        O que é exportado pode ser importado de novo.

          tagledger export customers clientes.csv --delimiter semicolon
          tagledger export memberships --tag VIP > vip.csv
          tagledger export customers --filter 'tag:VIP' --columns 'name, phone, spent(last 365d)'
        """,
      fr: """
        Ce qui est exporté peut être importé de nouveau.

          tagledger export customers clientes.csv --delimiter semicolon
          tagledger export memberships --tag VIP > vip.csv
          tagledger export customers --filter 'tag:VIP' --columns 'name, phone, spent(last 365d)'
        """))

  @Argument(
    help: .said(
      en: "What to export.",
      pt: "O que exportar.",
      fr: "Ce qui est à exporter."))
  var what: TransferSubject

  @Argument(help: .output, completion: .file())
  var file: String = "-"

  @Option(
    help: .said(
      en: "What stands between fields; a semicolon in Portuguese and French, a comma in English.",
      pt: "O que separa os campos; ponto e vírgula em português e francês, vírgula em inglês.",
      fr: """
        Ce qui sépare les champs ; un point-virgule en portugais et en français, une virgule en \
        anglais.
        """,
      valueName: "delimiter"))
  var delimiter: Delimiter?

  @Flag(
    help: .said(
      en: "For Excel: with a byte order mark and CRLF.",
      pt: "Para o Excel: com marca de ordem de bytes e CRLF.",
      fr: "Pour Excel : avec un indicateur d’ordre des octets et CRLF."))
  var excel = false

  @Option(
    help: .said(
      en: "Only what concerns this tag.",
      pt: "Só o que diz respeito a esta etiqueta.",
      fr: "Seulement ce qui concerne cette étiquette.",
      valueName: "tag"),
    completion: tagCompletion)
  var tag: String?

  @Option(
    help: .said(
      en: "Only customers who match; not for the history.",
      pt: "Só os clientes que correspondem ao filtro; não vale para o histórico.",
      fr: "Seulement les clients qui correspondent au filtre ; pas pour l’historique.",
      valueName: "filter"))
  var filter: String?

  @Option(
    help: .said(
      en:
        "Of customers: id, name, phone, ref, source, tags, notes, attributes, needs, rfm and any figure.",
      pt: """
        Para clientes: id, name, phone, ref, source, tags, notes, attributes, needs, rfm e qualquer \
        indicador.
        """,
      fr: """
        Pour les clients : id, name, phone, ref, source, tags, notes, attributes, needs, rfm \
        et n’importe quel chiffre.
        """,
      valueName: "columns"))
  var columns: String?

  @OptionGroup var past: PastOptions
  @OptionGroup var global: GlobalOptions

  var filters: [String?] { [filter, columns] }

  func perform(in session: Session) async throws {
    guard [.text, .csv].contains(session.format) else {
      throw Failure.formatUnfit(session.format, fitting: [.csv])
    }
    var id: Int32?
    let seq = try await past.seq(in: session)
    if let tag { id = try await session.finder(asOf: seq).tag(tag).id }
    let target = Paths.query(
      Paths.exports(what),
      [
        "delimiter": delimiter?.rawValue, "excel": excel ? "true" : nil,
        "tag": id.map(String.init), "filter": filter, "columns": columns, "as_of": seq,
      ])
    let size = try await Download(session: session).save(target, to: file)
    if !OutputFile.isStandard(file), !session.quiet {
      session.remark(session.words.saved(file, session.words.bytes(size)))
    }
  }
}
