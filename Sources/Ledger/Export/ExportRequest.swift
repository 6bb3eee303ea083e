package import Domain
import Spreadsheet

/// Which of the ledger's content somebody wants as a spreadsheet.
package struct ExportRequest: Sendable {
  /// What its rows tell: the same as an import of that kind reads.
  package var kind: ImportKind
  /// Only what concerns this tag: who has it, their memberships in it, or its history.
  package var tag: TagID?
  /// Only these; nil for all.
  package var customers: CustomerSet?
  /// Of customers, what is told of each; nil for what an import takes.
  package var columns: [FilterColumn]?
  /// `comma`, `semicolon` or `tab`.
  package var delimiter: String
  /// Begin with a byte order mark and end lines with CRLF, as Excel wants it.
  package var forExcel: Bool
  package var language: ExportLanguage

  package init(
    kind: ImportKind, tag: TagID? = nil, customers: CustomerSet? = nil,
    columns: [FilterColumn]? = nil, delimiter: String = "comma", forExcel: Bool = false,
    language: ExportLanguage = .english
  ) {
    self.kind = kind
    self.tag = tag
    self.customers = customers
    self.columns = columns
    self.delimiter = delimiter
    self.forExcel = forExcel
    self.language = language
  }

  func writer() throws(Problem) -> CSVWriter {
    guard let dialect = CSVDialect(name: delimiter) else {
      throw .parameterUnreadable(
        name: "delimiter", value: delimiter, expected: "comma, semicolon, tab")
    }
    return CSVWriter(dialect, forExcel: forExcel)
  }
}

/// The language of headings and actions; an import knows all of them by itself.
package enum ExportLanguage: String, CaseIterable, Hashable, Sendable {
  case english = "en"
  case portuguese = "pt"
  case french = "fr"
}

extension ExportLanguage {
  func heading(_ field: ImportField) -> String {
    switch self {
    case .english: field.rawValue
    case .portuguese: portuguese(field)
    case .french: french(field)
    }
  }

  private func portuguese(_ field: ImportField) -> String {
    switch field {
    case .id: "id"
    case .name: "nome"
    case .phone: "telefone"
    case .ref: "referência"
    case .channel: "canal"
    case .notes: "observações"
    case .attributes: "atributos"
    case .needs: "necessidades"
    case .tag: "etiqueta"
    case .details: "detalhes"
    case .time: "data"
    case .operator: "operador"
    case .action: "ação"
    default: field.rawValue
    }
  }

  private func french(_ field: ImportField) -> String {
    switch field {
    case .id: "id"
    case .name: "nom"
    case .phone: "téléphone"
    case .ref: "référence"
    case .channel: "canal"
    case .notes: "remarques"
    case .attributes: "attributs"
    case .needs: "besoins"
    case .tag: "étiquette"
    case .details: "détails"
    case .time: "date"
    case .operator: "opérateur"
    case .action: "action"
    default: field.rawValue
    }
  }

  func action(isApplied: Bool) -> String {
    switch self {
    case .english: isApplied ? "applied" : "removed"
    case .portuguese: isApplied ? "aplicada" : "removida"
    case .french: isApplied ? "appliquée" : "retirée"
    }
  }
}
