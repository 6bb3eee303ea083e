import Domain

/// The words of problems in English: a title for the kind, a detail that says what to do.
extension Problem {
  var english: (title: String, detail: String) {
    switch self {
    case .tagNameEmpty:
      ("A tag needs a name", "Give it at least one letter, digit or symbol.")
    case .tagNameTooLong(let name, let length, let limit):
      ("The name is too long", "“\(name)” has \(length) characters; at most \(limit) are allowed.")
    case .tagNameHasControlCharacter(let name):
      (
        "The name has an invisible character",
        "“\(shown(name))” has a control character, such as a tab or a line break. Leave it out."
      )
    case .tagNameTaken(let name, let tag, let isAlias):
      (
        "A tag of that name exists",
        "“\(name)” \(isAlias ? "is an alias" : "reads the same as the name") of tag "
          + "\(tag.rawValue). Choose another, or merge the two."
      )
    case .tagNameArchived(let name, let tag, let isAlias):
      (
        "An archived tag has that name",
        "“\(name)” is \(isAlias ? "an alias" : "the name") of the archived tag "
          + "\(tag.rawValue). Restore it, or choose another name."
      )
    case .tagNotFound(let tag):
      ("There is no such tag", "No tag is known as “\(tag)”. The list of tags tells what there is.")
    case .tagArchived(let tag):
      (
        "The tag is archived",
        "Tag \(tag.rawValue) cannot be applied or changed any more. Restore it first."
      )
    case .tagMergedIntoItself(_, let name):
      (
        "A tag cannot be merged into itself",
        "Both are “\(shown(name))”. Name another one as the target."
      )
    case .tagRevisionChanged(let tag, let expected, let actual):
      (
        "The tag has changed meanwhile",
        "You have seen revision \(expected) of tag \(tag.rawValue); it is at \(actual) now. "
          + "Look at it again, then decide."
      )
    case .tagCustomersMiscounted(let tag, let given, let actual):
      (
        "Another number of customers has the tag",
        "You said \(given); \(actual) have tag \(tag.rawValue), and each would lose it. "
          + "Repeat with that number to delete it."
      )
    case .tagSetConflict(let tag, let other, let customers):
      (
        "Some customers have two tags of the set",
        "\(customers) have both tag \(tag.rawValue) and tag \(other.rawValue), but of a set a "
          + "customer holds one. Take one of the two off them first."
      )
    case .categoryEmpty(let category):
      ("No tag is of that category", "No tag’s name begins with “\(category)-”.")
    case .colorUnknown(let color):
      ("That is no colour", "“\(color)” is neither #rrggbb nor a number of the palette, 0 to 19.")
    case .dateUnreadable(let date):
      (
        "That is no date",
        "“\(shown(date))” does not name a day. Days are written year-month-day, like 2026-11-22; how "
          + "imports read 31/12/2026 is said with --dates dmy or mdy."
      )
    case .textTooLong(let field, let length, let limit):
      ("A text is too long", "“\(field)” has a length of \(length); at most \(limit) is allowed.")
    case .customerNotFound(let customer):
      ("There is no such customer", "No customer is known as “\(customer)”.")
    case .customerRevisionChanged(let customer, let expected, let actual):
      (
        "The customer has changed meanwhile",
        "You have seen revision \(expected) of customer \(customer.rawValue); it is at "
          + "\(actual) now. Look again, then decide."
      )
    case .customerMergedIntoItself(let customer):
      (
        "A customer cannot be merged into themselves",
        "Both are customer \(customer.rawValue). Name another one as the target."
      )
    case .customerNeedsName:
      ("A customer needs something to be known by", "Give a name, a phone or a reference.")
    case .customerErased(let customer):
      (
        "The person has been erased",
        "Customer \(customer.rawValue) is a number without a person; register them anew if they "
          + "come back."
      )
    case .reasonMissing:
      ("This needs a reason", "Say why; it stands in the change log for ever.")
    case .phoneUnreadable(let phone):
      (
        "That is no phone number",
        "“\(phone)” cannot be read; write it with + and the country, as +55 41 98888-7777."
      )
    case .phoneTaken(let customer):
      (
        "Another customer has that phone",
        "It is customer \(customer.rawValue)’s. If they are the same person, merge the two."
      )
    case .refTaken(let customer):
      (
        "Another customer has that reference",
        "It is customer \(customer.rawValue)’s. If they are the same person, merge the two."
      )
    case .bulkTooLarge(let count, let limit):
      (
        "Too many customers for one command",
        "\(count) were given; at most \(limit) can be changed at once."
      )
    case .rowRepeated(let line):
      (
        "The row contradicts an earlier one",
        "Line \(line) tells something else of the same customer; keep one of them."
      )
    case .columnMissing(let column, let headings):
      (
        "A column is missing",
        "No column “\(column)” among: \(shown(headings.joined(separator: ", "))). Name it with a "
          + "column mapping."
      )
    case .cellMissing(let column):
      ("A cell is empty", "The row has nothing in “\(column)”.")
    case .columnRepeated(let column, let field):
      (
        "Two columns have the same heading",
        "Several columns are headed “\(column)”; give the one that holds “\(field)” another heading."
      )
    case .rowTooWide(let cells, let headings):
      (
        "The row has more cells than the heading",
        "It has \(cells) cells for \(headings) headings. Put a cell that holds a comma or another "
          + "delimiter into quotation marks."
      )
    case .spreadsheetUnreadable(let fault):
      ("The file cannot be read", fault.words(in: .en))
    case .permissionMissing, .callerUnknown, .credentialRefused, .assertionRefused,
      .operatorNotFound, .operatorNameTaken, .operatorArchived, .operatorRevisionChanged,
      .identityTaken, .tokenNotFound, .tokenOutlasts, .roleNotFound, .roleNameTaken, .roleFixed,
      .roleRevisionChanged, .permissionUnknown, .grantNotFound, .teamBeyondOwn, .teamLastOwner,
      .textEmpty:
      englishOfTeam
    case .requestMalformed(let what):
      ("The request cannot be read", "\(what)")
    case .parameterUnreadable(let name, let value, let expected):
      parameterWords(name, value, expected, in: .en)
    case .bodyTooLarge(let limit):
      ("The body is too large", "At most \(limit) bytes are read.")
    case .jobNotFound(let job):
      ("There is no such job", "No job has the id “\(job)”.")
    case .jobNotResumable(let job):
      ("The job cannot go on", "Only a stopped job can be resumed; “\(job)” is not one.")
    case .jobStopped:
      ("The job was stopped", "It ended before it was done, because somebody asked for it.")
    case .jobInTheWay(let job, let kind):
      (
        "Another job is in the way",
        "Job \(job) (\(kind)) has to end first: wait for it, or stop it with “job stop”."
      )
    case .requestKeyReused, .requestRunning, .requestAnswerGone: requestWords(in: .en)
    case .factAhead, .currencyUnknown, .currencyForeign, .currencyFixed, .amountOutOfRange,
      .returnPositive, .mappingNotFound:
      factWords(in: .en)
    case .filterInvalid, .filterTagUnknown, .filterTooLarge, .filterAsksPersonal:
      filterWords(in: .en)
    case .ruleNotFound, .ruleNameTaken, .ruleVersionChanged, .ruleCycle, .ruleTagTaken,
      .ruleFilterPersonal, .rulesTooMany, .readyRuleNotFound, .readyRuleAdopted,
      .readyRuleIncomplete:
      ruleWords(in: .en)
    case .segmentNotFound, .segmentNameTaken, .segmentRevisionChanged, .segmentsTooMany,
      .workNotDue, .workNotListed, .workTaken, .workSettled, .workOfRole, .timeZoneUnknown,
      .rfmUnusable, .rfmRevisionChanged, .rfmGroupNotFound, .rfmByQuantiles:
      segmentWords(in: .en)
    case .webhookNotFound, .webhookAddressRefused, .webhookRevisionChanged, .webhooksTooMany,
      .webhookDeadNotFound:
      webhookWords(in: .en)
    case .noticeNotFound(let seq):
      (
        "There is no such notice",
        "Event \(seq) is no notice for you. The list of notices tells which are."
      )
    case .seqNotFound(let seq):
      ("There is no such event", "The log has no event \(seq).")
    case .commandNotFound(let command):
      (
        "There is no such command",
        "No event was made by “\(command)”; name a command’s id, or the number of one of its events."
      )
    case .undoImpossible(let type):
      (
        "That cannot be undone",
        "The command has made an event “\(type.name)”: what was before it is not there any more."
      )
    case .pastReadOnly:
      (
        "The past cannot be changed",
        "This service shows the ledger as it was. Change it where it is now."
      )
    case .pastNotTold(let path):
      ("That is not told of the past", "\(path) tells only of now. Ask the service of the present.")
    case .eventTooLarge(let bytes, let limit):
      (
        "The change is too large for one event",
        "It would take \(bytes) bytes; at most \(limit) are allowed. Shorten its texts."
      )
    case .storageFull:
      (
        "The disk is full",
        "Nothing has been changed. Commands are taken again as soon as there is room; reading "
          + "goes on."
      )
    case .storageFailed(let what):
      ("The disk has failed", "Nothing has been changed. \(what)")
    case .projectionDiffers(let what):
      (
        "The projections differ from the log",
        "Rebuild them with `tagledger rebuild`. \(what)"
      )
    case .logDamaged(let what):
      (
        "The log is damaged",
        "No commands are taken until it has been restored from a backup. \(what)"
      )
    case .readOnly(let why):
      ("The ledger takes no commands", "It can only be read at present. \(why)")
    case .dataInUse(let what):
      ("Another daemon uses the data", "\(what)")
    case .backupUnusable(let what):
      ("The backup cannot be made or used", what)
    case .restoreRefused(let what):
      ("Restoring was refused", what)
    case .shuttingDown:
      ("The ledger is stopping", "Nothing has been changed. Try again in a moment.")
    }
  }
}

extension Rejection {
  var english: (title: String, detail: String) {
    switch self {
    case .routeUnknown(let path):
      (
        "There is nothing here",
        "“\(path)” is no path of this API; schema/openapi.yaml describes those there are."
      )
    case .methodNotAllowed(let method, let allowed):
      (
        "The method does not fit",
        "\(method) is not possible here; \(allowed.joined(separator: ", ")) would be."
      )
    case .uriTooLong(let limit):
      ("The address is too long", "At most \(limit) bytes are read.")
    case .uriUnreadable:
      (
        "The address cannot be read",
        "A percent sign is followed by two hexadecimal digits, and together they make UTF-8 without "
          + "a zero byte."
      )
    case .hostUnknown(let host):
      ("The request is meant for another host", "“\(host)” is not served here; “localhost” is.")
    case .originForeign(let origin):
      ("Another site has sent the request", "“\(origin)” may not use this ledger in a user’s name.")
    case .contentTypeUnsupported(let type):
      ("The body is of another type", "“\(type)” is not read here; “application/json” is.")
    case .jsonUnreadable(let error):
      ("The body is not JSON", "At byte \(error.offset): \(error.reason.english).")
    case .fieldUnknown(let path, let known):
      (
        "The body has an unknown field",
        "“\(path)” is not known here. Known: \(known.joined(separator: ", "))."
      )
    case .fieldMissing(let path):
      ("The body lacks a field", "“\(path)” has to be given.")
    case .fieldsExclusive(let one, let other):
      ("The body says too much", "Give “\(one)” or “\(other)”, not both.")
    case .fieldUnreadable(let path, let expected):
      (
        "A field cannot be read",
        "“\(path.isEmpty ? "body" : path)” has to be: \(expected.words(in: .en))."
      )
    case .parameterUnknown(let name, let known):
      (
        "A parameter is unknown",
        "“\(name)” is not known here. Known: \(known.joined(separator: ", "))."
      )
    case .parameterRepeated(let name):
      ("A parameter is there twice", "“\(name)” can be given once.")
    case .cursorUnreadable:
      (
        "The cursor cannot be used",
        "It is damaged, or belongs to a list that was asked for otherwise. Begin again "
          + "without one."
      )
    case .languageUnknown(let language):
      ("There is no starter set in that language", "“\(language)” is not one of: en, fr, pt.")
    case .limited(let limit): limit.words(in: .en)
    case .failed:
      (
        "Something has gone wrong inside",
        "The log of the daemon says what. Whether a command was taken, the change log tells."
      )
    }
  }
}

extension JSON.ParseError.Reason {
  var english: String {
    switch self {
    case .unexpectedEnd: "the text ends too early"
    case .unexpectedByte(let byte): "unexpected byte \(byte)"
    case .trailingBytes: "something follows the value"
    case .tooDeep(let limit): "more than \(limit) levels"
    case .duplicateKey(let key): "“\(key)” is there twice"
    case .invalidUTF8: "the text is not UTF-8"
    case .controlCharacter(let byte): "control character \(byte) in a string"
    case .badEscape: "unknown escape"
    case .loneSurrogate: "half of a surrogate pair"
    case .badNumber: "a number that JSON does not allow"
    case .notAnInteger: "only whole numbers are read"
    case .integerTooLarge: "the number is larger than 2^53 - 1"
    }
  }
}
