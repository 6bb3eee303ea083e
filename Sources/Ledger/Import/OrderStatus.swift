import Domain

/// What the word in a status column says of an order, as shops write it in English, Portuguese and
/// French.
///
/// Each is one step, at the order's own time: a shop that says “delivered” has not said when it was paid.
enum OrderStatus: String, CaseIterable {
  /// Nothing has happened to it yet that is told here.
  case pending
  case paid
  case shipped
  case completed
  case returned
  case cancelled

  /// Without regard to case, accents, and marks between words; nil for a word that is not known.
  init?(_ text: String) {
    let word = NameKey(text).text.split { $0 == " " || $0 == "_" || $0 == "-" }
      .joined(separator: " ")
    if let status = Self.known[word] {
      self = status
    } else if ["cancel", "annul"].contains(where: word.hasPrefix) {
      self = .cancelled
    } else {
      return nil
    }
  }

  private static let known: [String: OrderStatus] = {
    var known: [String: OrderStatus] = [:]
    for status in allCases {
      for word in status.words { known[word] = status }
    }
    return known
  }()

  private var words: [String] {
    switch self {
    case .pending:
      [
        "pending", "pending payment", "payment pending", "awaiting payment", "awaiting shipment",
        "on hold", "open", "new", "placed", "created", "received order", "unpaid", "processing",
        "in process", "preparing", "invoiced", "unavailable",
        "pendente", "pagamento pendente", "aguardando", "aguardando pagamento", "aguardando envio",
        "em aberto", "aberto", "novo", "criado", "nao pago", "em processamento", "processando",
        "em preparacao", "em separacao", "separado", "faturado",
        "en attente", "en attente de paiement", "en cours", "en cours de preparation",
        "en preparation", "nouveau", "nouvelle", "cree", "creee", "impaye", "impayee", "facture",
        "facturee",
      ]
    case .paid:
      [
        "paid", "payment received", "payment accepted", "approved", "pago", "paga", "aprovado",
        "aprovada", "pagamento aprovado", "pagamento confirmado", "paye", "payee",
        "paiement accepte", "paiement recu",
      ]
    case .shipped:
      [
        "shipped", "sent", "dispatched", "in transit", "out for delivery", "enviado", "enviada",
        "despachado", "despachada", "postado", "em transito", "em transporte",
        "saiu para entrega", "expedie", "expediee", "envoye", "envoyee", "en transit",
        "en livraison", "en cours de livraison",
      ]
    case .completed:
      [
        "completed", "complete", "delivered", "fulfilled", "closed", "done", "concluido",
        "concluida", "entregue", "finalizado", "finalizada", "recebido", "complet", "livre",
        "livree", "termine", "terminee", "recu", "recue",
      ]
    case .returned:
      [
        "returned", "refunded", "devolvido", "devolvida", "reembolsado", "reembolsada",
        "estornado", "estornada", "retourne", "retournee", "rembourse", "remboursee",
      ]
    case .cancelled:
      [
        "void", "voided", "failed", "expired", "recusado", "expirado", "refuse", "refusee",
        "expire", "expiree",
      ]
    }
  }
}
