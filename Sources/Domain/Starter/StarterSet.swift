/// Twenty tags to begin with, in one of the guide's languages (N2). The raw values are formats.
///
/// Left out are the tags that need a shop's own words, such as an interest in one product (A7, A17) or
/// the answer to one campaign (A18): a made-up one would only be in the way. With twenty, a team stands
/// where the guide has it begin (N6).
package enum StarterSet: String, CaseIterable, Hashable, Sendable {
  case pt
  case fr
  case en

  /// Its tags in the order in which they are created, ready for `Command.adoptStarterSet`.
  package var tags: [TagDraft] {
    zip(StarterTag.allCases, words).map { tag, words in
      TagDraft(
        name: words.name, color: .palette(tag.color), criterion: words.criterion,
        followUp: words.followUp, set: tag.set.map(name))
    }
  }

  struct Words {
    let name: String
    let criterion: String
    let followUp: String

    init(_ name: String, _ criterion: String, then followUp: String) {
      self.name = name
      self.criterion = criterion
      self.followUp = followUp
    }
  }

  private var words: [Words] {
    switch self {
    case .pt: Self.portuguese
    case .fr: Self.french
    case .en: Self.english
    }
  }

  private func name(_ set: StarterTag.Group) -> String {
    switch (set, self) {
    case (.vip, _): "VIP"
    case (.complaint, .pt): "Reclamação"
    case (.complaint, .fr): "Réclamation"
    case (.complaint, .en): "Complaint"
    }
  }
}

/// What the tags are in every language, in the order of the lists of words.
private enum StarterTag: CaseIterable {
  case newCustomer  // A13
  case activeCustomer  // A2
  case regularCustomer  // A14
  case frequentBuyer  // A1
  case vip  // A15
  case vipDiamond  // A6
  case vipToReactivate  // A16
  case toReactivate  // A5
  case atRisk  // A4
  case slowingDown  // A19
  case fastReply  // A9
  case paymentPending  // A10
  case paidToShip  // A11
  case shipped  // N8
  case delivered  // N3
  case received  // A12
  case complaintOpen  // C4, F5
  case complaintResolved  // N9
  case urgent  // C4, F5
  case fromInstagram  // C1

  /// Tags of which a customer holds one at a time (N9, A16).
  ///
  /// The steps of an order are no such set: a customer can have one order shipped and another unpaid.
  enum Group {
    case complaint
    case vip
  }

  var set: Group? {
    switch self {
    case .complaintOpen, .complaintResolved: .complaint
    case .vip, .vipToReactivate: .vip
    default: nil
    }
  }

  /// Payment is red and what is done green (N4); the rest goes by theme.
  var color: Int {
    switch self {
    case .paymentPending: 13
    case .complaintOpen, .urgent: 0
    case .delivered, .received, .complaintResolved: 15
    case .paidToShip, .shipped: 2
    case .newCustomer, .activeCustomer, .regularCustomer, .frequentBuyer: 1
    case .vip, .vipDiamond, .vipToReactivate: 7
    case .toReactivate, .atRisk, .slowingDown: 16
    case .fastReply: 5
    case .fromInstagram: 19
    }
  }
}
