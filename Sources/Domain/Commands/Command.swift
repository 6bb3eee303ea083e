/// What somebody asks for. Ids, times, colours and look-up keys arrive as values.
///
/// What is large stands apart, so that handing on a small one copies three words.
package enum Command: Sendable {
  indirect case createTag(TagDraft)
  /// Creates those tags of a starter set whose names are free (N2).
  case adoptStarterSet([TagDraft])
  indirect case reviseTag(TagID, TagChanges, revision: Int64?)
  /// One command, one event per tag that has another colour (N4).
  indirect case recolorCategory(String, TagColor)
  indirect case mergeTag(TagID, into: TagID, name: MergedName, revisions: MergeRevisions)
  case archiveTag(TagID)
  case restoreTag(TagID)
  /// `customers` is how many have the tag, as the caller believes (semantics.md, "Delete").
  case deleteTag(TagID, customers: Int)
  /// `details` nil leaves those of customers who have the tag already.
  case apply(TagID, to: [CustomerID], details: Details?)
  case remove(TagID, from: [CustomerID])
  indirect case registerCustomer(CustomerDraft)
  indirect case reviseCustomer(CustomerID, CustomerDraft, revision: Int64?)
  case mergeCustomer(CustomerID, into: CustomerID)
  /// Erases a person: this customer and all who were merged into them. `fields` is what each of them
  /// has had, as found out before it is decided.
  case eraseCustomer(CustomerID, fields: [CustomerID: FieldCounts])
  /// Rows of a file: each goes in or is refused by itself.
  indirect case takeRows([ImportRow], ImportPolicy)
  /// Notes that an operator has read of these events.
  case acknowledge([Int64], OperatorID)
  indirect case createWebhook(WebhookDraft)
  indirect case reviseWebhook(WebhookID, WebhookChanges)
  case removeWebhook(WebhookID)
  indirect case team(TeamCommand)
  /// The daemon's own: how often tags have been used in filters and exports since that was last told.
  case noteTagUses([TagID: TagUse])
  /// Facts, each taken or refused by itself.
  indirect case recordFacts([FactDraft], FactPolicy)
  /// Sets the currency of all amounts, as long as there are none.
  case reviseAccount(currency: String)
  indirect case saveMapping(ImportMapping)
  case removeMapping(String)
  indirect case rule(RuleCommand)
  indirect case segment(SegmentCommand)
  /// Sets back what another command has done, as far as nobody has touched it since.
  indirect case undo(Undo)
}

package struct TagDraft: Hashable, Sendable {
  package var name: String
  package var color: TagColor
  package var criterion: String?
  package var followUp: String?
  package var set: String?
  package var ends: String?

  package init(
    name: String, color: TagColor, criterion: String? = nil, followUp: String? = nil,
    set: String? = nil, ends: String? = nil
  ) {
    self.name = name
    self.color = color
    self.criterion = criterion
    self.followUp = followUp
    self.set = set
    self.ends = ends
  }
}

/// What changes of a tag: nil leaves a field, an empty text clears it.
package struct TagChanges: Hashable, Sendable {
  package var name: String?
  package var color: TagColor?
  package var criterion: String?
  package var followUp: String?
  package var set: String?
  package var ends: String?

  package init(
    name: String? = nil, color: TagColor? = nil, criterion: String? = nil,
    followUp: String? = nil, set: String? = nil, ends: String? = nil
  ) {
    self.name = name
    self.color = color
    self.criterion = criterion
    self.followUp = followUp
    self.set = set
    self.ends = ends
  }
}

/// What becomes of the name of a tag that is merged away. The raw values are formats.
package enum MergedName: String, Hashable, Sendable {
  case alias
  case released
}

/// The revisions that the caller has seen; nil where they do not mind.
package struct MergeRevisions: Hashable, Sendable {
  package var source: Int64?
  package var target: Int64?

  package init(source: Int64? = nil, target: Int64? = nil) {
    self.source = source
    self.target = target
  }
}

/// What is told of a customer: absent leaves a field, empty clears it.
package struct CustomerDraft: Hashable, Sendable {
  package var personal: PersonalFields
  package var channel: String?
  package var lookups: Lookups

  package init(personal: PersonalFields, channel: String? = nil, lookups: Lookups) {
    self.personal = personal
    self.channel = channel
    self.lookups = lookups
  }
}

/// The keys by which a customer's phone and reference are found; nil where the draft has none.
package struct Lookups: Hashable, Sendable {
  package var phone: LookupKey?
  package var ref: LookupKey?

  package init(phone: LookupKey? = nil, ref: LookupKey? = nil) {
    self.phone = phone
    self.ref = ref
  }
}

/// One row of a file, read and checked, but not yet held against the state.
package enum ImportRow: Hashable, Sendable {
  /// Registers a customer, or revises the one of that number, or who has the same reference or phone.
  case customer(CustomerDraft, id: CustomerID? = nil, known: KnownFields? = nil)
  case membership(RowCustomer, tag: String, details: Details?)
  case history(HistoryRow)
}

/// What a row only repeats of a customer, as found out before it is decided.
///
/// It counts only if the row is still about that customer, and nobody has revised them since.
package struct KnownFields: Hashable, Sendable {
  package var customer: CustomerID
  package var revision: Int64
  package var fields: Set<PersonalField>

  package init(customer: CustomerID, revision: Int64, fields: Set<PersonalField>) {
    self.customer = customer
    self.revision = revision
    self.fields = fields
  }
}

/// How a row names its customer.
package enum RowCustomer: Hashable, Sendable {
  case id(CustomerID)
  /// By phone or reference; the draft registers who is not known yet, where the policy allows.
  case lookup(CustomerDraft)
}

/// One line of a tag history: what happened, when, and by whose hand.
package struct HistoryRow: Hashable, Sendable {
  package var customer: RowCustomer
  package var tag: String
  package var applied: Bool
  package var occurred: Timestamp
  /// Which of several rows for the same customer, tag and moment; 1 where there is one.
  package var ordinal: Int
  /// Who did it, as the file names them; the actor is who imports.
  package var source: String?
  /// Up to when the log itself tells of this customer and tag; what happened earlier is known.
  package var settled: Timestamp?

  package init(
    customer: RowCustomer, tag: String, applied: Bool, occurred: Timestamp, ordinal: Int,
    source: String?, settled: Timestamp? = nil
  ) {
    self.customer = customer
    self.tag = tag
    self.applied = applied
    self.occurred = occurred
    self.ordinal = ordinal
    self.source = source
    self.settled = settled
  }
}

/// What an import may do besides its rows.
package struct ImportPolicy: Hashable, Sendable {
  /// The file's name, kept as the source of each event.
  package var file: String
  package var createsTags: Bool
  package var createsCustomers: Bool
  /// The colour of the n-th tag that the command creates.
  package var colors: [TagColor]

  package init(file: String, createsTags: Bool, createsCustomers: Bool, colors: [TagColor]) {
    self.file = file
    self.createsTags = createsTags
    self.createsCustomers = createsCustomers
    self.colors = colors
  }
}

/// The limits that a team sets.
package struct Limits: Hashable, Sendable {
  /// Grapheme clusters in a tag's name (N1).
  package var nameLength = 20
  /// Customers in one command; beyond it the work is a job of such commands.
  package var bulk = 100_000
  /// Events of one undo: it may take more than the command had, as a merge is one, and takes one for
  /// each customer to be undone.
  package var undo: Int { bulk * 5 }

  package init() {}
}

/// What a command leads to: the events, and what it leaves as it was.
package struct Decision: Sendable {
  package var events: [Event] = []
  /// Customers or tags that were already as asked.
  package var unchanged = 0
  /// Facts that are known otherwise, and stay as they are known (decision 18).
  package var superseded = 0
  /// Rows of a file that were refused, by their index in the command.
  package var refusals: [Refusal] = []
  /// What an undo does not set back.
  package var left: [LeftAlone] = []

  package init() {}

  package init(events: [Event], unchanged: Int = 0, refusals: [Refusal] = []) {
    self.events = events
    self.unchanged = unchanged
    self.refusals = refusals
  }
}

package struct Refusal: Hashable, Sendable {
  package let row: Int
  package let problem: Problem
}
