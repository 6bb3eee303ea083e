import HashTreeCollections

/// What all events up to `position` add up to: the state that decides commands and answers reads.
///
/// It is a value. A reader keeps a copy as long as it likes, without a lock and without holding up
/// the writer; a copy shares what has not changed since.
package struct State: Sendable, Hashable {
  /// The `seq` of the last event it has seen.
  package internal(set) var position: Int64 = 0
  /// All tags ever created; tag `n` stands at `n - 1`.
  package internal(set) var tags: [CustomerTag] = []
  /// Names and aliases of listed tags.
  var names: TreeDictionary<NameKey, TagID> = [:]
  /// Who held a name last that was given up, by a rename, a merge or a deletion.
  var formerNames: TreeDictionary<NameKey, TagID> = [:]
  /// Who has which tag, in the order of `tags`.
  var memberships: [TagMembers] = []
  /// What is known of each customer without opening a sealed field; customer `n` stands at `n - 1`.
  var customers = Column<CustomerRecord>()
  var channels = Interned()
  var phones: TreeDictionary<LookupKey, CustomerID> = [:]
  var refs: TreeDictionary<LookupKey, CustomerID> = [:]
  /// Those behind whose number there is no person any more.
  package internal(set) var erased = CustomerSet()
  /// How often tags have been used in filters and exports.
  var uses: TreeDictionary<TagID, TagUse> = [:]
  /// Those who have been neither merged into another nor erased.
  package internal(set) var live = CustomerSet()
  /// How many pairs of a tag and a customer there are.
  package internal(set) var membershipCount = 0
  /// How many customers have not been merged into another or erased.
  package internal(set) var customerCount = 0
  /// Those that have not been removed, in the order of their numbers.
  package internal(set) var webhooks: [Webhook] = []
  /// The highest number ever given to one.
  var lastWebhook: Int32 = 0
  /// What customers have done.
  package internal(set) var facts = Facts()
  var mappings: TreeDictionary<NameKey, ImportMapping> = [:]

  /// Filters that are kept, and the work on them.
  package internal(set) var segments = Segments()
  /// How recency, frequency and money are scored.
  package internal(set) var rfm = RFMScoring()

  /// Who may do what.
  package internal(set) var team = Team()
  /// Which tags follow from what is known of customers.
  package internal(set) var rules = Rules()
  /// What concerns operators besides whoever did it.
  package internal(set) var notices = Notices()

  package init() {}
}

/// One customer, without personal fields.
struct CustomerRecord: Sendable, Hashable {
  /// The customer this one was merged into, or 0.
  var mergedInto: Int32 = 0
  var revision: Int32 = 1
  /// Index into `State.channels`; 0 for none.
  var channel: Int32 = 0
  /// `LookupKey` of the phone, or 0.
  var phone: UInt64 = 0
  /// `LookupKey` of the reference, or 0.
  var ref: UInt64 = 0
}

/// Texts that repeat, each kept once; index 0 stands for none.
struct Interned: Sendable, Hashable {
  private(set) var texts: [String] = [""]
  private var indices: [String: Int32] = [:]

  subscript(_ index: Int32) -> String? {
    index == 0 ? nil : texts[Int(index)]
  }

  mutating func index(of text: String?) -> Int32 {
    guard let text, !text.isEmpty else { return 0 }
    if let known = indices[text] { return known }
    let index = Int32(texts.count)
    texts.append(text)
    indices[text] = index
    return index
  }
}
