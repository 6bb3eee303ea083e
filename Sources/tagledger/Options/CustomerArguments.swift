import ArgumentParser
import Client

/// Some customers: named one by one, or in a list.
struct CustomerArguments: ParsableArguments {
  @Argument(
    help: .said(
      en: "Customers: id, phone or name; - reads them from standard input.",
      pt: "Clientes: id, telefone ou nome; - lê da entrada padrão.",
      fr: "Clients : identifiant, téléphone ou nom ; - les lit sur l’entrée standard."))
  var customers: [String] = []

  @Option(
    help: .said(
      en: "A list with one customer a line.",
      pt: "Uma lista com um cliente por linha.",
      fr: "Une liste avec un client par ligne.",
      valueName: "file"),
    completion: .file())
  var from: String?

  func ids(in session: Session) async throws -> [Int32] {
    var texts = customers.filter { $0 != "-" }
    if let from { texts += try Self.lines(of: from) }
    if customers.contains("-") { texts += try Self.lines(of: "-") }
    guard !texts.isEmpty else { throw Failure.noCustomers }
    return try await session.finder.customers(texts)
  }

  private static func lines(of path: String) throws -> [String] {
    let text = String(decoding: try readFile(path), as: UTF8.self)
    return text.split(whereSeparator: \.isNewline).map { String($0).trimmed }
      .filter { !$0.isEmpty }
  }
}

/// Everybody who matches a filter, where others are not named one by one.
struct MatchOptions: ParsableArguments {
  @Option(
    help: .said(
      en: "Everybody who matches, instead of naming them.",
      pt: "Todos os que correspondem ao filtro, em vez de citá-los.",
      fr: "Tous ceux qui correspondent au filtre, au lieu de les nommer.",
      valueName: "filter"))
  var filter: String?

  /// Nil where the filter says who.
  func ids(of who: CustomerArguments, in session: Session) async throws -> [Int32]? {
    guard filter != nil else { return try await who.ids(in: session) }
    guard who.customers.isEmpty, who.from == nil else {
      throw ValidationError(
        said(
          en: "--filter and a list of customers exclude each other.",
          pt: "--filter e uma lista de clientes não se combinam.",
          fr: "--filter et une liste de clients s’excluent."))
    }
    return nil
  }
}
