import Domain

/// What customers have done, in the three languages.
extension Telling {
  /// An amount with the decimals of most currencies; which currency, the account says.
  private var amount: String {
    let units = number("amount")
    let cents = (units.magnitude % 100).description
    return "\(units / 100).\(cents.count == 1 ? "0" : "")\(cents)"
  }

  /// Of which order something came back, in brackets of a language; empty where that is not known.
  private func ofOrder(_ word: String) -> String {
    data["order"] == nil ? "" : " (\(word) \(text("order")))"
  }

  private var about: String {
    [text("category"), text("product")].filter { !$0.isEmpty }.joined(separator: ", ")
  }

  var englishOfFacts: String {
    switch type {
    case .orderPlaced: "\(customer) placed order \(text("order")) of \(amount)"
    case .orderPaid: "\(customer) paid order \(text("order"))"
    case .orderShipped:
      "Order \(text("order")) was shipped to \(customer)"
        + (data["tracking"] == nil ? "" : ", tracking \(text("tracking"))")
    case .orderCompleted: "Order \(text("order")) of \(customer) was completed"
    case .orderCancelled: "Order \(text("order")) of \(customer) was cancelled"
    case .orderReturned: "\(customer) returned goods worth \(amount)" + ofOrder("order")
    case .messageReceived: "\(customer) sent a message"
    case .messageSent: "A message was sent to \(customer)"
    case .broadcastReceived: "\(customer) received the broadcast “\(text("broadcast"))”"
    case .broadcastAnswered: "\(customer) answered the broadcast “\(text("broadcast"))”"
    case .enquiryMade: "\(customer) enquired" + (about.isEmpty ? "" : " about \(about)")
    case .complaintOpened: "\(customer) complained (\(text("id")))"
    case .complaintResolved: "The complaint \(text("id")) of \(customer) was resolved"
    case .urgencyRaised: "\(customer) asked for something urgently (\(text("id")))"
    case .urgencySettled: "The urgent request \(text("id")) of \(customer) was settled"
    case .spendRecorded: "\(actor) recorded \(amount) spent on “\(text("channel"))”"
    case .accountRevised:
      "\(actor) changed the currency from \(data["currency"]?["from"]?.string ?? "") to "
        + "\(data["currency"]?["to"]?.string ?? "")"
    case .mappingSaved: "\(actor) saved the column mapping “\(text("name"))”"
    default: "\(actor) removed the column mapping “\(text("name"))”"
    }
  }

  var frenchOfFacts: String {
    switch type {
    case .orderPlaced: "\(customer) a passé la commande \(text("order")) de \(amount)"
    case .orderPaid: "\(customer) a payé la commande \(text("order"))"
    case .orderShipped:
      "La commande \(text("order")) a été expédiée à \(customer)"
        + (data["tracking"] == nil ? "" : ", suivi \(text("tracking"))")
    case .orderCompleted: "La commande \(text("order")) de \(customer) est terminée"
    case .orderCancelled: "La commande \(text("order")) de \(customer) a été annulée"
    case .orderReturned:
      "\(customer) a renvoyé des articles pour \(amount)" + ofOrder("commande")
    case .messageReceived: "\(customer) a envoyé un message"
    case .messageSent: "Un message a été envoyé à \(customer)"
    case .broadcastReceived: "\(customer) a reçu la diffusion « \(text("broadcast")) »"
    case .broadcastAnswered: "\(customer) a répondu à la diffusion « \(text("broadcast")) »"
    case .enquiryMade:
      "\(customer) s’est renseigné" + (about.isEmpty ? "" : " : \(about)")
    case .complaintOpened: "\(customer) a fait une réclamation (\(text("id")))"
    case .complaintResolved: "La réclamation \(text("id")) de \(customer) est résolue"
    case .urgencyRaised: "\(customer) a fait une demande urgente (\(text("id")))"
    case .urgencySettled: "La demande urgente \(text("id")) de \(customer) est réglée"
    case .spendRecorded: "\(actor) a noté \(amount) dépensés pour « \(text("channel")) »"
    case .accountRevised:
      "\(actor) a changé la monnaie de \(data["currency"]?["from"]?.string ?? "") en "
        + "\(data["currency"]?["to"]?.string ?? "")"
    case .mappingSaved: "\(actor) a gardé la correspondance de colonnes « \(text("name")) »"
    default: "\(actor) a retiré la correspondance de colonnes « \(text("name")) »"
    }
  }

  var portugueseOfFacts: String {
    switch type {
    case .orderPlaced: "\(customer) fez o pedido \(text("order")) de \(amount)"
    case .orderPaid: "\(customer) pagou o pedido \(text("order"))"
    case .orderShipped:
      "O pedido \(text("order")) foi enviado para \(customer)"
        + (data["tracking"] == nil ? "" : ", rastreio \(text("tracking"))")
    case .orderCompleted: "O pedido \(text("order")) de \(customer) foi concluído"
    case .orderCancelled: "O pedido \(text("order")) de \(customer) foi cancelado"
    case .orderReturned: "\(customer) devolveu itens no valor de \(amount)" + ofOrder("pedido")
    case .messageReceived: "\(customer) enviou uma mensagem"
    case .messageSent: "Uma mensagem foi enviada para \(customer)"
    case .broadcastReceived: "\(customer) recebeu a transmissão “\(text("broadcast"))”"
    case .broadcastAnswered: "\(customer) respondeu à transmissão “\(text("broadcast"))”"
    case .enquiryMade: "\(customer) perguntou" + (about.isEmpty ? "" : " sobre \(about)")
    case .complaintOpened: "\(customer) fez uma reclamação (\(text("id")))"
    case .complaintResolved: "A reclamação \(text("id")) de \(customer) foi resolvida"
    case .urgencyRaised: "\(customer) fez um pedido urgente (\(text("id")))"
    case .urgencySettled: "O pedido urgente \(text("id")) de \(customer) foi atendido"
    case .spendRecorded: "\(actor) anotou \(amount) gastos com “\(text("channel"))”"
    case .accountRevised:
      "\(actor) mudou a moeda de \(data["currency"]?["from"]?.string ?? "") para "
        + "\(data["currency"]?["to"]?.string ?? "")"
    case .mappingSaved: "\(actor) guardou o mapeamento de colunas “\(text("name"))”"
    default: "\(actor) removeu o mapeamento de colunas “\(text("name"))”"
    }
  }
}
