import HashTreeCollections

@testable import Domain

extension State {
  /// What must hold in every state, and does not; empty in a sound one.
  var faults: [String] {
    tagFaults + nameFaults + memberFaults + setFaults + customerFaults
      + lookupFaults(phones, \.phone) + lookupFaults(refs, \.ref)
  }

  private var tagFaults: [String] {
    var faults: [String] = []
    if tags.indices.contains(where: { tags[$0].id.index != $0 }) {
      faults.append("tags are not numbered in order")
    }
    for tag in tags {
      if tag.names.last?.text != tag.name.text { faults.append("names of \(tag.id)") }
      if tag.setKey != tag.set.map(NameKey.init) { faults.append("set of \(tag.id)") }
      if tag.changed > position || tag.created > tag.changed { faults.append("seqs of \(tag.id)") }
      if !tag.isListed && !tag.aliases.isEmpty { faults.append("aliases of \(tag.id)") }
      if case .merged = tag.status, let current = try? current(tag.id), !current.isListed {
        faults.append("target of \(tag.id)")
      }
    }
    return faults
  }

  /// Names and aliases of listed tags, each once, and no others.
  private var nameFaults: [String] {
    var held: [NameKey: TagID] = [:]
    var faults: [String] = []
    for tag in tags where tag.isListed {
      for name in [tag.name] + tag.aliases where held.updateValue(tag.id, forKey: name.key) != nil {
        faults.append("\(name) is held twice")
      }
    }
    if Dictionary(uniqueKeysWithValues: names.map { ($0, $1) }) != held {
      faults.append("names are \(names), held are \(held)")
    }
    return faults
  }

  private var memberFaults: [String] {
    var faults: [String] = []
    for (tag, members) in zip(tags, memberships) {
      if !tag.isListed && members != TagMembers() { faults.append("\(tag.id) has members still") }
      for customer in members.customers where merged(customer) != nil {
        faults.append("\(customer), merged away, has \(tag.id)")
      }
      for (customer, details) in members.details
      where details.isEmpty || !members.customers.contains(customer) {
        faults.append("details of \(customer) for \(tag.id)")
      }
      if members.customers.count != Array(members.customers).count {
        faults.append("count of \(tag.id)")
      }
    }
    if membershipCount != memberships.reduce(0, { $0 + $1.customers.count }) {
      faults.append("number of memberships")
    }
    return faults
  }

  private var setFaults: [String] {
    var holders: [NameKey: CustomerSet] = [:]
    var faults: [String] = []
    for tag in tags where tag.isListed {
      guard let set = tag.setKey else { continue }
      let before = holders[set] ?? CustomerSet()
      if !before.intersection(members(of: tag.id)).isEmpty { faults.append("two of set \(set)") }
      holders[set] = before
      holders[set]!.formUnion(members(of: tag.id))
    }
    return faults
  }

  private var customerFaults: [String] {
    let ids = (0..<lastCustomer).map { CustomerID($0 + 1) }
    var faults: [String] = []
    if customerCount != ids.count(where: { merged($0) == nil && !isErased($0) }) {
      faults.append("number of customers")
    }
    for id in ids where (try? current(id)).flatMap(merged) != nil {
      faults.append("\(id) ends nowhere")
    }
    for id in ids where tags(of: id) != tags.map(\.id).filter({ members(of: $0).contains(id) }) {
      faults.append("tags of \(id)")
    }
    return faults
  }

  private func lookupFaults(
    _ map: some Sequence<(key: LookupKey, value: CustomerID)>,
    _ column: KeyPath<CustomerRecord, UInt64>
  ) -> [String] {
    var held: [UInt64: Int] = [:]
    for index in 0..<customers.count where customers[index][keyPath: column] != 0 {
      held[customers[index][keyPath: column]] = index
    }
    let found = Dictionary(uniqueKeysWithValues: map.map { ($0.key.rawValue, $0.value.index) })
    return found == held ? [] : ["keys find \(found), held are \(held)"]
  }
}
