package import Domain

/// What the rows of a file tell.
package enum ImportKind: String, Sendable, CaseIterable {
  case customers
  case memberships
  case history
  case orders

  /// Those that there are exports of, too.
  package static let exported: [ImportKind] = [.customers, .memberships, .history]

  package var job: Job.Kind {
    switch self {
    case .customers: .importCustomers
    case .memberships: .importMemberships
    case .history: .importHistory
    case .orders: .importOrders
    }
  }

  /// The fields that a row may have.
  package var fields: [ImportField] {
    switch self {
    case .customers: [.name, .phone, .ref, .channel, .notes, .attributes, .needs]
    case .memberships: [.id, .phone, .ref, .name, .tag, .details]
    case .history: [.id, .phone, .ref, .name, .tag, .time, .operator, .action]
    case .orders:
      [
        .order, .time, .product, .category, .quantity, .price, .amount, .currency, .paid, .shipped,
        .completed, .cancelled, .status, .phone, .ref, .name, .channel,
      ]
    }
  }

  /// What can be said of how such a file is read, besides what every kind knows; see
  /// `ImportRequest.options`.
  package var options: Set<String> {
    switch self {
    case .customers, .memberships: []
    case .history: ["dates", "zone"]
    case .orders: ["currency", "rate", "dates", "returns", "zone"]
    }
  }

  /// Of each of these groups a file must have a column.
  var required: [[ImportField]] {
    let who: [ImportField] = [.id, .phone, .ref]
    return switch self {
    case .customers: [[.phone, .ref]]
    case .memberships: [who, [.tag]]
    case .history: [who, [.tag], [.time], [.action]]
    case .orders: [[.id, .phone, .ref], [.order], [.time], [.amount, .price]]
    }
  }
}

/// What a column of a file stands for. The raw values are what a caller writes in a mapping.
package enum ImportField: String, Sendable, CaseIterable {
  case id
  case name
  case phone
  case ref
  case channel
  case notes
  case attributes
  case needs
  case tag
  case details
  case time
  case `operator`
  case action
  case order
  case product
  case category
  case quantity
  /// Of one piece.
  case price
  case amount
  case currency
  case paid
  case shipped
  case completed
  case cancelled
  case status

  /// Headings by which it is known without a mapping, folded: Portuguese, French and English.
  var headings: [String] {
    switch self {
    case .id: ["id", "customer", "cliente", "client", "customer id", "customer_id"]
    case .name: ["name", "nome", "nom", "customer name", "nome do cliente", "nom du client"]
    case .phone:
      ["phone", "telefone", "celular", "whatsapp", "telephone", "mobile", "fone", "portable"]
    case .ref:
      ["ref", "reference", "referencia", "codigo", "code", "customerid", "external id", "item"]
    case .channel: ["channel", "source", "canal", "origem", "origine"]
    case .notes: ["notes", "note", "observacoes", "notas", "remarques"]
    case .attributes: ["attributes", "atributos", "attributs"]
    case .needs: ["needs", "necessidades", "besoins"]
    case .tag: ["tag", "tags", "etiqueta", "etiquetas", "etiquette", "etiquettes", "label"]
    case .details: ["details", "detalhes", "detail"]
    case .time:
      [
        "time", "at", "date", "data", "created_at", "occurred", "hora", "heure", "quando",
        "invoicedate", "invoice date", "order date", "order_date", "orderdate", "data do pedido",
        "date de commande", "order_purchase_timestamp", "purchase date",
      ]
    case .operator: ["operator", "operador", "operateur", "by", "por", "par", "user", "usuario"]
    case .action: ["action", "acao", "event", "evento", "evenement", "change"]
    default: headingsOfOrders
    }
  }
}

extension ImportField {
  fileprivate var headingsOfOrders: [String] {
    switch self {
    case .order:
      [
        "order", "order id", "order_id", "orderid", "order no", "invoice", "invoiceno",
        "invoice no",
        "invoice_no", "pedido", "numero do pedido", "commande", "facture",
      ]
    case .product:
      [
        "product", "stockcode", "stock code", "product id", "product_id", "sku", "produto",
        "modelo", "model", "produit", "article", "item",
      ]
    case .category: ["category", "categoria", "categorie", "product_category"]
    case .quantity: ["quantity", "qty", "quantidade", "qtd", "quantite"]
    case .price:
      ["price", "unit price", "unitprice", "unit_price", "preco", "preco unitario", "prix"]
    case .amount:
      ["amount", "total", "valor", "valor total", "montant", "order total", "payment_value"]
    case .currency: ["currency", "moeda", "devise", "monnaie"]
    case .paid: ["paid", "paid at", "pago", "pago em", "paye", "paye le", "order_approved_at"]
    case .shipped:
      ["shipped", "shipped at", "enviado", "enviado em", "expedie", "order_delivered_carrier_date"]
    case .completed:
      [
        "completed", "delivered", "entregue", "concluido", "livre", "order_delivered_customer_date",
      ]
    case .cancelled: ["cancelled", "canceled", "cancelled at", "cancelado", "annule"]
    case .status: ["status", "order status", "order_status", "situacao", "statut"]
    default: []
    }
  }

  /// In a file of orders, the customer's id is one of the system that the file comes from.
  fileprivate func headings(in kind: ImportKind) -> [String] {
    guard kind == .orders, self == .ref else { return headings }
    return headings + [
      "customer id", "customer_id", "customer", "cliente", "id do cliente", "client",
      "customer_unique_id",
    ]
  }
}

/// Which column of a file stands for which field.
package struct ColumnMapping: Hashable, Sendable {
  /// Places in a row, from 0.
  let columns: [ImportField: Int]
  /// How many headings there are.
  private let width: Int

  /// Matches the headings of a file with what the caller says, and the rest by its usual names.
  ///
  /// - Parameter named: field to heading, as `name: Nome`; a heading counts in any case and accents.
  package init(
    headings: [String], kind: ImportKind, named: [ImportField: String]
  ) throws(Problem) {
    // What is no spreadsheet may be one heading as long as the file.
    let quoted = headings.prefix(20).map { $0.count > 40 ? $0.prefix(40) + "…" : $0 }
    let folded = headings.map { NameKey($0).text }
    var columns: [ImportField: Int] = [:]
    for (field, heading) in named {
      guard let column = folded.firstIndex(of: NameKey(heading).text) else {
        throw .columnMissing(heading, headings: quoted)
      }
      columns[field] = column
    }
    for field in kind.fields where columns[field] == nil {
      if let column = folded.firstIndex(where: { field.headings(in: kind).contains($0) }),
        !columns.values.contains(column)
      {
        columns[field] = column
      }
    }
    for group in kind.required where !group.contains(where: { columns[$0] != nil }) {
      throw .columnMissing(
        group.map(\.rawValue).joined(separator: " / "), headings: quoted)
    }
    for (field, column) in columns where folded.count(where: { $0 == folded[column] }) > 1 {
      throw .columnRepeated(headings[column], field: field.rawValue)
    }
    self.columns = columns
    width = headings.count
  }

  /// Refuses a row that holds more than there are headings: most often a comma in a number or a name
  /// has cut a cell in two, and the cells behind it stand in the wrong columns.
  func refuseSurplus(_ cells: [String]) throws(Problem) {
    guard cells.count > width else { return }
    guard let last = cells.lastIndex(where: { !$0.trimmed.isEmpty }), last >= width else { return }
    throw .rowTooWide(cells: last + 1, headings: width)
  }

  /// The cell of a field, trimmed; nil where the row has none or it is empty.
  func text(_ field: ImportField, in row: [String]) -> String? {
    columns[field].flatMap { Self.text($0, in: row) }
  }

  /// The cell of a column in the same way.
  static func text(_ column: Int, in row: [String]) -> String? {
    guard column < row.count else { return nil }
    let text = row[column].trimmed
    return text.isEmpty ? nil : text
  }

  func has(_ field: ImportField) -> Bool { columns[field] != nil }
}
