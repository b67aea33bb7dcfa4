package tenantlint.lib.sessions_test

import data.tenantlint.lib.sessions
import rego.v1

answers := [{"hours": -1, "words": ""}, {"hours": 0, "words": ""}, {"hours": 4, "words": ""}]

test_the_longest_that_is_short_enough if {
	sessions.at_most(answers, 4).hours == 4
	sessions.at_most(answers, 3).hours == 0
	sessions.at_most(answers, 100).hours == 4
}

test_none_is_short_enough if sessions.at_most(answers, -5).hours == -1

test_the_words_name_the_limit if {
	sessions.within(answers, 3, "stay for %d hours") == {"hours": 0, "words": "stay for 3 hours"}
}
