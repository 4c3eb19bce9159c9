-- What to do about an empty answer.
select name, what_to_do from empty_states
